const labelLength = 32

/**
 * A number that is called an order, a parcel or an article is one, whatever its digits look like. Only words that stand
 * right before it count, with no more than "number", "is" and punctuation between.
 */
const shopLabel =
  /(?:\b(?:orders?|tracking|invoice|shipment|parcel|package|receipt|sku|item|article|product|model|serial|isbn|ean|upc|gtin|asin|barcode|booking|reservation|ticket|reference|ref|coupon|voucher|transaction|customer|bestell|auftrags|sendungs|rechnungs|artikel|kunden|paket|serien)|주문|운송장|송장|등기|배송|상품|제품|모델|예약|접수|바코드|쿠폰|영수증|注文|追跡|伝票|問い?合わ?せ|受注|商品|型番|品番|予約|会員|订单|訂單|单号|單號|快递|快遞|运单|運單|物流|编号|編號|货号|貨號|طلب|تتبع|شحنة|فاتورة)(?:[\s:#.=()№-]|number|num|no|nr|id|code|is|was|ung|nummer|ist|war|lautet|번호|코드|는|은|이|가|番号|コード|は|が|号|號|码|碼|是|为|為|رقم|هو)*$/i

export const isShopNumber = (text: string, start: number): boolean =>
  shopLabel.test(text.slice(Math.max(0, start - labelLength), start))

const residentLabel = /주민|외국인\s?등록|resident|\brrn\b/i
const myNumberLabel = /マイナンバ|個人番号|my ?number|마이\s?넘버/i

export const isCalledResidentNumber = (text: string, start: number): boolean =>
  residentLabel.test(text.slice(Math.max(0, start - labelLength), start))

export const isCalledMyNumber = (text: string, start: number): boolean =>
  myNumberLabel.test(text.slice(Math.max(0, start - labelLength), start))

/** Kana: somebody writes Japanese here. */
export const isJapanese = (text: string): boolean => /[\u3041-\u3096\u30a1-\u30fa]/.test(text)
