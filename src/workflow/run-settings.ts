import type { InputDeclaration, MaxParallel, Plan, ReportSettings } from '../core/plan.ts'
import { defaultReport } from '../core/plan.ts'
import { nearestName } from './suggestion.ts'
import { minutesMs, readBudget } from './amounts.ts'
import { readPrices } from './read-prices.ts'
import type { Compiling } from './compiling.ts'
import { readEffectBounds } from './read-effects.ts'
import { readCommands, readWhen } from './read-commands.ts'
import { checkPosting, readGate, readPosting, readRules, reviewEntry } from './read-review.ts'
import type { OrchestrationFile } from './schema.ts'

/** Everything of a plan that is about the whole run. */
export type RunSettings = Omit<Plan, 'v' | 'source' | 'instances' | 'obeys'>

/** Reads what is about the whole run. Of single settings, each key comes from the last document that has it. */
export function readRunSettings(compiling: Compiling): RunSettings {
  const { file } = compiling
  const limits = settingsOf(file.documents, 'limits')
  const timeout = limits['timeout-minutes']
  const { reserve, ...budgetEntry } = settingsOf(file.documents, 'budget')
  const budget = readBudget(budgetEntry)
  const prices = readPrices(settingsOf(file.documents, 'prices'))
  const review = reviewEntry(file.documents)
  const rules = readRules(review)
  checkPosting(compiling)
  const name = file.documents.findLast((document) => document.name !== undefined)?.name
  const effects = readEffectBounds(file.documents.findLast((document) => document.effects !== undefined)?.effects)
  const inputs = Object.fromEntries([...file.inputs.keys()].map((input) => [input, readInput(input, compiling)]))
  return {
    name: name ?? nameOfPath(file.root.path),
    inputs,
    env: Object.fromEntries([...file.env].map(([variable, { value }]) => [variable, value])),
    maxParallel: readMaxParallel(limits['max-parallel']),
    ...(timeout !== undefined && { timeoutMs: minutesMs(timeout) }),
    ...(budget !== undefined && { budget }),
    reserve: readReserve(reserve ?? {}, compiling),
    ...(Object.keys(prices).length > 0 && { prices }),
    runtimes: Object.fromEntries(compiling.declared.declared),
    ...(compiling.declared.versions.size > 0 && { versions: Object.fromEntries(compiling.declared.versions) }),
    ...(rules !== undefined && { review: rules }),
    report: readReport(settingsOf(file.documents, 'report'), review),
    ...(effects !== undefined && { effects }),
    ...readWhen(compiling),
    ...readCommands(compiling, inputs),
  }
}

function settingsOf<K extends 'limits' | 'budget' | 'report' | 'prices'>(
  documents: readonly OrchestrationFile[],
  key: K,
): NonNullable<OrchestrationFile[K]> {
  return Object.assign({}, ...documents.map((document) => document[key]))
}

function nameOfPath(path: string): string {
  const last = path.split(/[/\\]/).at(-1) ?? ''
  return last.replace(/\.(ya?ml|json)$/i, '') || 'orchestrator'
}

function readInput(name: string, { file, diagnostics }: Compiling): InputDeclaration {
  const { value: entry, owner } = file.inputs.get(name) ?? { value: {}, owner: {} }
  const { description, default: standard, options } = entry
  const type = entry.type ?? 'string'
  const report = (message: string, key: string, hint?: string): void =>
    diagnostics.error(
      'bad-input',
      message,
      Object.hasOwn(entry, key) ? file.origins.ofValue(entry, key) : file.origins.ofKey(owner, name),
      { hint },
    )
  if (type === 'choice' && (options === undefined || options.length === 0))
    report(`the choice \`${name}\` has no \`options\``, 'options')
  if (type !== 'choice' && options !== undefined) report('`options` is only for `type: choice`', 'options')
  let value = standard
  if (standard !== undefined) {
    // `default: 3.10` is a number to YAML; what was written is meant.
    const written =
      typeof standard === 'string' ? standard : (file.origins.written(entry, 'default') ?? String(standard))
    if (type === 'string') value = written
    else if (type === 'choice') {
      value = written
      if (options !== undefined && !options.includes(written)) {
        report(
          `the default of \`${name}\` is not one of its \`options\`, found \`${written}\``,
          'default',
          choiceHint(standard, written, options),
        )
      }
    } else if (typeof standard !== type)
      report(
        `the default of \`${name}\` must be ${type === 'number' ? 'a number' : '`true` or `false`'}, found a ${typeof standard}`,
        'default',
        typeof standard === 'string' && JSON.stringify(Number(standard)) !== 'null' && type === 'number'
          ? 'Remove the quotes.'
          : /^(true|false)$/.test(String(standard)) && type === 'boolean'
            ? 'Remove the quotes.'
            : undefined,
      )
    if (entry.required === true)
      diagnostics.warning(
        'required-with-default',
        `\`${name}\` has a default, so \`required\` has no effect`,
        file.origins.ofKey(entry, 'required'),
      )
  }
  return {
    type,
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    required: entry.required ?? false,
    ...(options !== undefined && { options }),
  }
}

/** `3.1` where an option is `3.10`: the zero was lost before we saw it, or was never there. */
function choiceHint(standard: string | number | boolean, written: string, options: readonly string[]): string {
  const same = typeof standard === 'number' ? options.find((option) => Number(option) === standard) : undefined
  if (same !== undefined) return `Quote it: \`'${same}'\`.`
  const near = nearestName(written, options)
  return near === undefined
    ? `Write one of them: ${options
        .slice(0, 8)
        .map((option) => `\`${option}\``)
        .join(', ')}.`
    : `Did you mean \`${near}\`?`
}

function readMaxParallel(entry: NonNullable<OrchestrationFile['limits']>['max-parallel']): MaxParallel {
  if (typeof entry === 'number') return { total: entry, agents: null, commands: null }
  return { total: entry?.total ?? null, agents: entry?.agents ?? null, commands: entry?.commands ?? null }
}

function readReserve(
  entries: NonNullable<NonNullable<OrchestrationFile['budget']>['reserve']>,
  { file, diagnostics }: Compiling,
): Plan['reserve'] {
  const reserve: [string, { tokens?: number; costUsd?: number }][] = []
  for (const [id, entry] of Object.entries(entries)) {
    if (entry === undefined) continue
    if (!file.instances.has(id)) {
      const near = nearestName(id, file.instances.keys())
      diagnostics.error('unknown-instance', `unknown instance \`${id}\``, file.origins.ofKey(entries, id), {
        hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
      })
    }
    const { tokens, 'cost-usd': costUsd } = entry
    reserve.push([id, { ...(tokens !== undefined && { tokens }), ...(costUsd !== undefined && { costUsd }) }])
  }
  return Object.fromEntries(reserve)
}

function readReport(
  entry: NonNullable<OrchestrationFile['report']>,
  reviewEntry: NonNullable<OrchestrationFile['review']>,
): ReportSettings {
  const { answer, comment, artifact, check } = entry
  const { file: sarif, upload } = typeof entry.sarif === 'string' ? { file: entry.sarif } : (entry.sarif ?? {})
  const failOn = readGate(entry['fail-on'])
  const { verdict } = entry
  const review = readPosting(entry.review, reviewEntry)
  return {
    summary: entry.summary ?? defaultReport.summary,
    comment: typeof comment === 'boolean' ? (comment ? 'sticky' : 'none') : (comment ?? defaultReport.comment),
    annotations: entry.annotations ?? defaultReport.annotations,
    ...(answer !== undefined && { answer }),
    ...(check !== undefined && check !== false && { check: check === true ? {} : { name: check } }),
    ...(sarif !== undefined && { sarif }),
    ...(upload === true && { sarifUpload: true }),
    ...(failOn !== undefined && { failOn }),
    ...(review !== undefined && { review }),
    ...(verdict !== undefined && { verdict: { ...verdict } }),
    ...(artifact !== undefined && {
      artifact: {
        ...(artifact.name !== undefined && { name: artifact.name }),
        ...(artifact['retention-days'] !== undefined && { retentionDays: artifact['retention-days'] }),
      },
    }),
  }
}
