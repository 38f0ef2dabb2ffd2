import { createRedactor } from '@heed/redaction'
import { describe, expect, test } from 'vitest'

const redact = createRedactor()

const goes: Record<string, [text: string, redacted: string][]> = {
  en: [
    ['Write to jane.doe+shop@mail.example.co.uk, please.', 'Write to [email], please.'],
    ["It's 'o.neil@x.org'.", "It's '[email]'."],
    ['see https://shop.example/u?mail=jane%40x.org&x=1', 'see https://shop.example/u?mail=[email]&x=1'],
    ['card 4111 1111 1111 1111 exp 12/27', 'card [card] exp 12/27'],
    ['amex 3782-822463-10005, visa 4222222222222', 'amex [card], visa [card]'],
    ['5555555555554444 and 6011 1111 1111 1117', '[card] and [card]'],
    ['30569309025904', '[card]'],
    ['41 11 11 11 11 11 11 11', '[card]'],
    ['call +1 (415) 555-2671 or (415) 555-2671', 'call [phone] or [phone]'],
    ['ring +44 (0)20 7946 0958 tomorrow at 10', 'ring [phone] tomorrow at 10'],
    ['GB82 WEST 1234 5698 7654 32 is mine', '[iban] is mine'],
    ['my key sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'my key [token]'],
    ['AKIAIOSFODNN7EXAMPLE', '[token]'],
    ['Authorization: Bearer 9f8a7c6d5e4b3a2910ff', 'Authorization: Bearer [token]'],
    [
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U.',
      '[token].',
    ],
    ['d41d8cd98f00b204e9800998ecf8427e', '[token]'],
    ['secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'secret [token]'],
  ],
  ko: [
    ['메일은kim@naver.com입니다', '메일은[email]입니다'],
    ['연락처 010-1234-5678로 전화주세요', '연락처 [phone]로 전화주세요'],
    ['01012345678', '[phone]'],
    ['０１０－１２３４－５６７８', '[phone]'],
    ['010.1234.5678 / 010 9876 5432', '[phone] / [phone]'],
    ['전화:02-123-4567, Tel.031-123-4567', '전화:[phone], Tel.[phone]'],
    ['+82 10-1234-5678, +82-2-312-3456', '[phone], [phone]'],
    ['안심번호 0507-1234-5678', '안심번호 [phone]'],
    ['주문자 010-1234-5678', '주문자 [phone]'],
    ['주민번호 900101-1234567', '주민번호 [id]'],
    ['880101-1234568 입니다', '[id] 입니다'],
    ['아기는 230415-3123456', '아기는 [id]'],
    ['카드 ４１１１－１１１１－１１１１－１１１１', '카드 [card]'],
  ],
  ja: [
    ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐまで', '[email]まで'],
    ['電話は090-1234-5678です', '電話は[phone]です'],
    ['０９０ー１２３４ー５６７８', '[phone]'],
    ['03-1234-5678か06-6123-4567', '[phone]か[phone]'],
    ['自宅（03）1234-5678', '自宅[phone]'],
    ['+81 90-1234-5678', '[phone]'],
    ['マイナンバーは1234 5678 9018です', 'マイナンバーは[id]です'],
    ['番号123456789018を送りました', '番号[id]を送りました'],
  ],
  zh: [
    ['邮箱zhang_wei@163.com，电话13812345678。', '邮箱[email]，电话[phone]。'],
    ['手机 138-1234-5678 或 +86 138 1234 5678', '手机 [phone] 或 [phone]'],
    ['座机010-12345678', '座机[phone]'],
    ['身份证11010519491231002X', '身份证[id]'],
    ['身份证号：110105 19491231 002X', '身份证号：[id]'],
    ['银行卡6222 0212 3456 7890 128', '银行卡[card]'],
  ],
  ar: [
    ['اتصل على ٠٥٠١٢٣٤٥٦٧ من فضلك', 'اتصل على [phone] من فضلك'],
    ['رقمي \u202a+966 50 123 4567\u202c شكرا', 'رقمي \u202a[phone]\u202c شكرا'],
    ['بريدي ali@example.com.', 'بريدي [email].'],
    ['بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١', 'بطاقتي [card]'],
  ],
  de: [
    ['Schreibt an müller@firma.de!', 'Schreibt an [email]!'],
    ['DE89 3704 0044 0532 0130 00 ist mein Konto', '[iban] ist mein Konto'],
    ['de89370400440532013000', '[iban]'],
    ['Tel. 0171 1234567 oder 030 12345678', 'Tel. [phone] oder [phone]'],
    ['+49 (0)170 1234567, 0049 30 1234567', '[phone], [phone]'],
    ['am 01.02.2024 0171/1234567 angerufen', 'am 01.02.2024 [phone] angerufen'],
    ['FR: 06 12 34 56 78', 'FR: [phone]'],
  ],
}

const stays: Record<string, string[]> = {
  en: [
    'Order 100245783921 arrived on 2024-05-01 at 10:30, 3 days late.',
    'order number 4111111111111111 and invoice no. 01012345678',
    'I paid $1,299.00 for 2 items, 5@1.99 each',
    'The 2019-2024 models 0123, 4567 and 89012345',
    'tracking 1Z999AA10123456784, RR123456789KR, 9400111899223197428490',
    'SKU-4111111111111111 and #01012345678',
    'ISBN 0306406152, EAN 4006381333931, GTIN 4012345678901',
    'ratio 3.14159265358979 at 1700000000000 ms',
    'id 123e4567-e89b-12d3-a456-426614174000',
    '/products/iphone-15-pro-max-256gb-titanium-blue-2024-edition',
    'https://shop.example/Products/Some-Product-Name-2024-Edition-Long-Title',
    'follow @heed on the site a@b, ThisIsAVeryLongCamelCaseIdentifierOfMine2024',
    'sizes 085 090 095 100 105 and 32 34 36 38 40 42',
    'from 1-2-3 to 10.10.2024 12:00, room 212 555 0123',
    'Score 10/10, 100% would buy again!!! 20240501-0000123',
    'bearer responsibilities-of-the-shop',
    'server 192.168.100.200 version 10.0.19045.3803',
    '+100000000 points, +5 stars',
    'pk_shop_settings_for_checkout_page',
    'GB00 WEST 1234 5698 7654 32, DE12 3456 is no account',
    'my 123456789018',
  ],
  ko: [
    '5,000원이 아니라 1,250,000원이에요',
    '주문번호 20240501-1234567, 주문번호는 01012345678',
    '운송장 6012 3456 7890 조회가 안돼요',
    '2024년 5월 1일 오후 3시 30분, 2024.05.01 12:30',
    '고객센터 1588-1234로',
    '900101-1234567개 중에',
    '쿠폰 ABCD-1234-EFGH-5678',
    '사이즈 240 245 250 255 260',
  ],
  ja: [
    '追跡番号 1234-5678-9018 が届かない',
    '注文番号：123456789018、商品番号は4111111111111111',
    '価格は１２，８００円、２０２４年５月１日',
    'サービスは最高でした10点満点',
    '〒150-0002 東京都渋谷区1-2-3',
    'JANコード 4901234567894',
  ],
  zh: [
    '订单号13812345678，快递单号 SF1234567890123',
    '花了12800元，2024年5月1日买的',
    '价格13800000000元',
    '双11买了3件，共￥1,299.00',
    '11010519491231002Y',
  ],
  ar: ['دفعت ١٢٠٠ ريال في ٢٠٢٤/٠٥/٠١', 'رقم الطلب ٠٥٠١٢٣٤٥٦٧', 'وصل خلال ٣ أيام بدل 10'],
  de: [
    'Bestellnummer 01712345678 vom 01.02.2024',
    'Sendungsnummer: 00340434161094021501',
    '12.345,67 € statt 9.999,00 €',
    'Größe 42/44, 100 % Baumwolle, Artikel 0312345678',
    'Donaudampfschifffahrtsgesellschaftskapitän',
  ],
}

describe.each(Object.entries(goes))('what tells who somebody is goes: %s', (_language, cases) => {
  test.each(cases)('%s', (text, redacted) => {
    expect(redact(text)).toBe(redacted)
  })
})

describe.each(Object.entries(stays))('what does not stays: %s', (_language, texts) => {
  test.each(texts)('%s', (text) => {
    expect(redact(text)).toBe(text)
  })
})
