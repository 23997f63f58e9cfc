import { lifetimes } from '../../../limits.ts'
import { expiring, type Sweep } from '../due.ts'

const day = 86_400_000
/** Milliseconds for which counts are kept: the longest month, and the hours around it. */
const countsKept = 32 * day

/** What is too old for any page of a developer. */
export const usageSweeps: readonly Sweep[] = [
  expiring('flow_events', ['id'], 'at', lifetimes.flowLog),
  expiring('usage_counts', ['api_key', 'hour', 'metric', 'label'], 'hour', countsKept),
  expiring('active_users', ['api_key', 'user_id'], 'hour', countsKept),
]
