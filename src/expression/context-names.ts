/** Contexts of the language. Which of them an expression may read depends on where it stands. */
export const knownContexts: ReadonlySet<string> = new Set([
  'inputs',
  'env',
  'github',
  'runner',
  'matrix',
  'needs',
  'previous',
  'previous-round',
  'run',
  'changes',
  'result',
])

/** What an ended instance shows: the keys of `needs.<id>`, `previous` and `result`. */
export const instanceProperties: ReadonlySet<string> = new Set([
  'result',
  'outcome',
  'reason',
  'exit-code',
  'denials',
  'text',
  'outputs',
  'json',
  'usage',
  'cost-usd',
  'cost-partial',
  'duration-ms',
  'attempts',
  'rounds',
  'patch-file',
  'stdout-file',
  'all',
  'instances',
])

/** What a run of another orchestration shows under `needs`. */
export const linkProperties: ReadonlySet<string> = new Set([
  'result',
  'outcome',
  'reason',
  'run',
  'outputs',
  'usage',
  'cost-usd',
  'cost-partial',
  'duration-ms',
  'all',
  'instances',
])

/** What the `previous-round` context shows. */
export const roundProperties: ReadonlySet<string> = new Set(['result', 'instances'])

/** Keys of the `run` context. */
export const runProperties: ReadonlySet<string> = new Set(['id', 'name', 'directory', 'simulated'])

/** Keys of the `changes` context; `matches` is a function. */
export const changesProperties: ReadonlySet<string> = new Set(['files', 'base', 'head', 'diff-file'])

/** The words `result` and `outcome` can be. */
export const resultWords: ReadonlySet<string> = new Set(['success', 'failure', 'cancelled', 'skipped'])

/** What to use here instead of a context that GitHub Actions has and this language has not. */
export const foreignContextHints: ReadonlyMap<string, string> = new Map([
  ['secrets', 'List the secret under `secrets:` of the instance; its process then has it as an environment variable.'],
  ['vars', 'Set it in the `env` of the step that runs the orchestrator, and read it as `env.NAME`.'],
  ['steps', 'Earlier instances are under `needs`.'],
  ['jobs', 'Earlier instances are under `needs`.'],
  ['job', 'Use `run` for the run itself.'],
  ['strategy', 'The values of the matrix are under `matrix`.'],
])
