/** What other systems call things, and what they are called here. */
const hints = new Map(
  Object.entries({
    jobs: 'Write `instances`.',
    tasks: 'Write `instances`.',
    stages: 'Write `instances`, and order them with `needs` or `sequence`.',
    steps: 'Write `sequence`.',
    on: 'The workflow that calls the action says when it runs.',
    uses: 'An action cannot run inside an instance; call it in the workflow before or after.',
    with: 'Use `env`, `args` or the prompt.',
    'runs-on': 'Put `runs-on` on an instance or in `defaults`: it counts where the run is spread over jobs.',
    permissions: 'Set `permissions` on an instance to allow tools, and in the workflow for the token.',
    dependson: 'Write `needs`.',
    depends: 'Write `needs`.',
    after: 'Write `needs`.',
    script: 'Write `run`.',
    exec: 'Write `command`.',
    timeout: 'Write `timeout-minutes`.',
    continueonerror: 'Write `continue-on-error`.',
    when: 'Write `if`; `when` belongs in an entry of `needs`.',
    matrix: 'Write `strategy: { matrix: … }`.',
    concurrency: 'Put `concurrency` on an instance or in `defaults`; for whole runs it belongs in the workflow.',
    concurrencygroup: 'Write `concurrency`.',
    system: 'Write `instructions`.',
    systemprompt: 'Write `instructions`.',
    tools: 'Write `allowed-tools`.',
    skills: 'Write `capabilities`.',
    maxtokens: 'Write `budget: { tokens: … }`.',
    cwd: 'Write `working-directory`.',
    dir: 'Write `working-directory`.',
    environment:
      'Write `env` for variables. An `environment` of GitHub belongs on an instance or in `defaults`: it counts where the run is spread over jobs.',
    type: 'Write `runtime`.',
    cli: 'Write `runtime`.',
    engine: 'Write `runtime`.',
    retries: 'Write `retry`.',
    output: 'Write `outputs`.',
    files: 'Write `attach`.',
    schema: 'Write `output-schema`.',
    mutex: 'Write `concurrency`.',
  }),
)

/** A hint for a key that another system has; undefined when it is unknown, or its counterpart is no key here. */
export function foreignKeyHint(key: string, keys: readonly string[]): string | undefined {
  const normalized = key.toLowerCase()
  const hint = hints.get(normalized) ?? hints.get(normalized.replaceAll(/[-_]/g, ''))
  const counterpart = hint?.match(/^Write `([\w-]+)/)?.[1]
  return counterpart === undefined || keys.includes(counterpart) ? hint : undefined
}
