import type { ActionInputs } from './inputs.ts'

/** What the artifacts of a shard's run, and of the plan of all shards, are called. */
export interface FragmentNames {
  /** Of the run of a shard. */
  fragment(shard: string, attempt: string, runId: string): string
  /** The shard whose fragment has this name; undefined for the name of anything else. */
  shardOf(name: string): string | undefined
  /** Of the list of all shards. */
  plan(attempt: string): string
  /** Whether a name is that of such a list. */
  isPlan(name: string): boolean
}

/** Names that jobs of one orchestration file have in common: several files may be fanned out by one workflow. */
export function fragmentNames({ artifactName, config }: Pick<ActionInputs, 'artifactName' | 'config'>): FragmentNames {
  const file = (artifactName ?? config[0] ?? '').replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-+/, '')
  const start = `fragment-${file}-`
  const list = `shards-${file}-`
  return {
    fragment: (shard, attempt, runId) => `${start}${shard}-${attempt}-${runId}`,
    shardOf: (name) =>
      name.startsWith(start)
        ? /^(.+)-\d+-[0-9a-f]{8}(?:-[0-9a-f]{8})?$/.exec(name.slice(start.length))?.[1]
        : undefined,
    plan: (attempt) => `${list}${attempt}`,
    isPlan: (name) => name.startsWith(list) && /^\d+$/.test(name.slice(list.length)),
  }
}
