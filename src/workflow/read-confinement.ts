import type { ContainerRules, SandboxRules } from '../core/confinement.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import type { ProcessDefinition } from '../core/instance.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Plain } from './origins.ts'
import type { DefaultsEntry } from './schema.ts'
import type { Settings } from './settings.ts'

type ContainerEntry = Exclude<NonNullable<DefaultsEntry['container']>, string>

/** Arguments of the engine that are ours: without them we would lose sight of the container, or have a key of the file for it. */
const ours =
  /^(?:--(?:name|label|label-file|rm|detach|cidfile|conmon-pidfile|pidfile|entrypoint|workdir|interactive|tty|attach|sig-proxy|log-driver|restart|env|user|network|net|volume|mount|memory|cpus|pids-limit|init)(?:=|$)|-[dleitawuvm])/

/** Where an instance runs and what it may touch; the nearest layer that says so decides. */
export function readConfinement(
  draft: Draft,
  settings: Settings,
  facts: RuntimeFacts,
  compiling: Compiling,
): Pick<ProcessDefinition, 'container' | 'sandbox'> {
  const container = settings.find('container')
  const sandbox = settings.find('sandbox')
  const rules = container && readContainer(container.value)
  const limits = sandbox && readSandbox(sandbox.value)
  const { diagnostics, file } = compiling
  if (container !== undefined && rules !== undefined) {
    const entry: Plain = typeof container.value === 'string' ? container.owner : container.value
    if (limits !== undefined)
      diagnostics.error(
        'conflicting-keys',
        '`container` and `sandbox` cannot be combined',
        file.origins.ofKey(container.owner, 'container'),
        { hint: 'A container has its own file system; say `network: none` in it, or leave it out.' },
      )
    if (rules.network === 'none' && facts.kind === 'agent')
      diagnostics.error(
        'wrong-value',
        `without a network, the agent of \`${draft.id}\` cannot reach its model`,
        file.origins.ofValue(entry, 'network'),
        { hint: 'Write `network: host`, or remove it.' },
      )
    const undoing = rules.options?.findIndex((option) => ours.test(option)) ?? -1
    if (undoing !== -1)
      diagnostics.error(
        'wrong-value',
        `\`${rules.options?.[undoing]}\` is not for \`options\``,
        file.origins.ofValue(typeof container.value === 'string' ? entry : (container.value.options ?? entry), undoing),
        {
          hint: "Its name, input, output and end are the orchestrator's; for the rest there are keys: `env`, `limits`, `user`, `network` and `volumes`.",
        },
      )
    const volume = rules.volumes?.findIndex((each) => !/^[^:]+:\/[^:]*(?::(?:ro|rw))?$/.test(each)) ?? -1
    if (volume !== -1)
      diagnostics.error(
        'wrong-value',
        `\`${rules.volumes?.[volume]}\` is not a volume`,
        file.origins.ofValue(typeof container.value === 'string' ? entry : (container.value.volumes ?? entry), volume),
        { hint: 'Write `source:/target` or `source:/target:ro`.' },
      )
  }
  return { ...(rules && { container: rules }), ...(limits && { sandbox: limits }) }
}

function readContainer(value: string | ContainerEntry): ContainerRules | undefined {
  // As in Actions, an empty image is none: a cell of a matrix may have it.
  const entry = typeof value === 'string' ? { image: value } : value
  return entry.image === '' ? undefined : entry
}

function readSandbox(value: NonNullable<DefaultsEntry['sandbox']>): SandboxRules | undefined {
  if (value === false) return undefined
  const { network = [], write = [], read = [] } = value === true ? {} : value
  return { network, write, read }
}
