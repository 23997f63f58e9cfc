import { expect, test } from 'vitest'
import { countsOf, mergeMetrics } from '../src/metrics/merge.ts'

const one = `# HELP answers Answers.
# TYPE answers counter
answers{route="/a b",class="2xx"} 3
# HELP took Seconds.
# TYPE took histogram
took_bucket{le="1"} 1
took_bucket{le="+Inf"} 2
took_sum 2.5
took_count 2
# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 20
# HELP stagedoor_event_loop_delay_seconds Late.
# TYPE stagedoor_event_loop_delay_seconds gauge
stagedoor_event_loop_delay_seconds{quantile="1"} 0.5`

const other = `# HELP answers Answers.
# TYPE answers counter
answers{route="/c",class="4xx"} 1
answers{route="/a b",class="2xx"} 4
# HELP took Seconds.
# TYPE took histogram
took_bucket{le="1"} 1
took_bucket{le="+Inf"} 1
took_sum 0.5
took_count 1
# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 10
# HELP stagedoor_event_loop_delay_seconds Late.
# TYPE stagedoor_event_loop_delay_seconds gauge
stagedoor_event_loop_delay_seconds{quantile="1"} 0.25`

test('what workers count is added up series by series; the start is the first, and the delay the worst', () => {
  expect(mergeMetrics([one, other, ''])).toBe(`# HELP answers Answers.
# TYPE answers counter
answers{route="/a b",class="2xx"} 7
answers{route="/c",class="4xx"} 1
# HELP took Seconds.
# TYPE took histogram
took_bucket{le="1"} 2
took_bucket{le="+Inf"} 3
took_sum 3
took_count 3
# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 10
# HELP stagedoor_event_loop_delay_seconds Late.
# TYPE stagedoor_event_loop_delay_seconds gauge
stagedoor_event_loop_delay_seconds{quantile="1"} 0.5`)
})

test('of a worker that has ended the counts stay, and nothing else', () => {
  expect(countsOf(one)).toBe(one.slice(0, one.indexOf('\n# HELP process_start')))
})
