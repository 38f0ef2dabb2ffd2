import type { ReferrerClass } from '@heed/contract'

/** Names of hosts, whatever stands before and after them: `www.google.co.kr`, `m.search.naver.com`. */
const search =
  /(^|\.)(google|bing|duckduckgo|yahoo|baidu|naver|daum|ecosia|yandex|qwant|sogou|startpage|seznam)\./
const social =
  /(^|\.)(facebook|instagram|threads|twitter|linkedin|lnkd|pinterest|reddit|tiktok|youtube|weibo|kakao|whatsapp|telegram|snapchat|vk|bsky|xiaohongshu)\.|^(t\.co|x\.com|t\.me|line\.me)$/
/** A search company's mail is no search. */
const neither = /^(e?mail|docs|calendar)\./

const bare = (host: string) => host.replace(/^www\./, '')

/** Where a page view came from, by the referring host alone: its address is not kept beyond its origin. */
export const referrerClassOf = (referrer: string, host: string): ReferrerClass => {
  const from = referrer.split('/')[2]?.split(':')[0]?.toLowerCase() ?? ''
  if (!from) return 'direct'
  const [there, here] = [bare(from), bare(host)]
  if (there === here || there.endsWith(`.${here}`) || here.endsWith(`.${there}`)) return 'internal'
  if (neither.test(there)) return 'other'
  return search.test(there) ? 'search' : social.test(there) ? 'social' : 'other'
}
