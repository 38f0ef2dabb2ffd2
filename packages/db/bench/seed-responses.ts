/**
 * Fills a survey for `bench -- query`: as many responses as asked, evenly over the days up to now, every fourth with a
 * comment that also has a number of its own (a rare word). SQL, because a million through ingest would take minutes.
 *
 *   node --conditions=@heed/source seed-responses.ts <database url> <project> <survey> <responses> <days>
 */
import pg from 'pg'

const [url, projectId, surveyId, responses, days] = process.argv.slice(2)

const comments = [
  'Delivery was late and nobody told me about the parcel',
  '배송이 빠르고 포장이 정말 꼼꼼했어요',
  '品揃えがよく、配送がはやい',
  '支付页面卡住了，物流太慢',
  'كان الدفع سهلاً والتوصيل متأخر',
]

const client = new pg.Client(url)
await client.connect()
await client.query(
  `insert into responses (id, received_at, occurred_at, seq, survey_version, nps, completed, test, subject_verified,
    project_id, survey_id, locale, device, country, answers, timing, context)
  select gen_random_uuid(), at, at, 1, 1, n % 11, true, false, false, $1, $2,
    (array['en', 'ko', 'ja', 'zh', 'ar'])[1 + n % 5], (array['phone', 'desktop', 'tablet'])[1 + n % 3],
    (array['KR', 'DE', 'JP', 'US', 'CN', 'SA'])[1 + n % 6],
    case when n % 4 = 0 then jsonb_build_object('nps', n % 11, 'why', ($3::text[])[1 + (n / 4) % 5] || ' ' || n)
      else jsonb_build_object('nps', n % 11) end,
    '{}', '{"url": "https://shop.example/orders", "viewport": [390, 844]}'
  from generate_series(1, $4::int) n
    cross join lateral (select now() - $5::float8 * interval '1 day' * (1 - n::float8 / $4::int) as at) moment`,
  [projectId, surveyId, comments, Number(responses), Number(days)],
)
await client.query('vacuum analyze')
await client.end()
