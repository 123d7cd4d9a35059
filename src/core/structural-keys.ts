/**
 * Keys of events and of the nodes of a plan whose values are our own words and the file's names. They are never masked: that would break the run, and
 * they cannot be secret, for they stand in the orchestration file. A new event's words of ours belong here.
 */
export const structuralKeys: ReadonlySet<string> = new Set(
  (
    'type kind id parent key previous from to when join pool group gate form members only runtime agent runId version commit how ifCalls calls ' +
    'cause result outcome reason action costSource onExceeded level reporter signal limit file stdoutFile stderrFile patchFile transcriptFile sha256 before after base tree side'
  ).split(' '),
)

/** Keys that hold what users and programs wrote: below them nothing is exempt. */
export const foreignKeys: ReadonlySet<string> = new Set(
  'env inputs outputs json matrix context args mcp outputSchema include exclude argv'.split(' '),
)
