/**
 * The day from which a vendor's own API no longer answers for a model, by provider and by the name without its date. Sources: for `anthropic` the table
 * that Claude Code 2.1.332 carries; for `openai` developers.openai.com/api/docs/deprecations; for `google` ai.google.dev/gemini-api/docs/deprecations.
 * What a gateway or a cloud calls by the same name may live longer.
 */
const days: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  anthropic: {
    'claude-3-5-sonnet': '2025-10-28',
    'claude-3-opus': '2026-01-05',
    'claude-3-7-sonnet': '2026-02-19',
    'claude-3-5-haiku': '2026-02-19',
    'claude-opus-4': '2026-06-15',
    'claude-opus-4-0': '2026-06-15',
    'claude-sonnet-4': '2026-06-15',
    'claude-sonnet-4-0': '2026-06-15',
    'claude-sonnet-4-5': '2026-11-30',
    'claude-opus-4-5': '2027-01-22',
  },
  openai: {
    'gpt-3.5-turbo': '2026-10-23',
    'gpt-4': '2026-10-23',
    'gpt-4-turbo': '2026-10-23',
    'gpt-4.1-nano': '2026-10-23',
    o1: '2026-10-23',
    'o1-pro': '2026-10-23',
    'o3-mini': '2026-10-23',
    'o4-mini': '2026-10-23',
    'gpt-5': '2026-12-11',
    'gpt-5-mini': '2026-12-11',
    'gpt-5-nano': '2026-12-11',
    o3: '2026-12-11',
  },
  google: {
    'gemini-2.5-pro-preview-03-25': '2025-12-02',
    'gemini-2.5-pro-preview-05-06': '2025-12-02',
    'gemini-2.5-pro-preview-06-05': '2025-12-02',
    'gemini-3-pro-preview': '2026-03-09',
  },
}

/** So long before its day a model is spoken of. */
const noticeMs = 30 * 86_400_000

/** When a model is retired, where that is known and has come or is near. `day` is `YYYY-MM-DD`, UTC. */
export interface Retirement {
  readonly day: string
  readonly isPast: boolean
}

/** Looks a model up as an orchestration file names it; undefined where it will be answered for, as far as is known. */
export function retirementOf(model: string, provider: string, now: number): Retirement | undefined {
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/\[\w+\]$/, '')
  const known = days[provider] ?? {}
  const plain = name.replace(/-(?:latest|20\d{6}|20\d\d-\d\d-\d\d)$/, '')
  const day = [name, plain].map((each) => (Object.hasOwn(known, each) ? known[each] : undefined)).find(Boolean)
  if (day === undefined) return undefined
  const at = Date.parse(day)
  return at - noticeMs > now ? undefined : { day, isPast: at <= now }
}
