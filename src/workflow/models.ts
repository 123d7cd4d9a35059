import { defaultRuntime, type RuntimeFacts } from '../core/runtime.ts'
import { hasExpression } from '../expression/template.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Settings } from './settings.ts'

/** Whose model a name is, where it says so. */
const vendors: readonly (readonly [string, RegExp])[] = [
  ['Anthropic', /^(?:anthropic\/)?(?:claude|sonnet|opus|haiku)\b/i],
  ['OpenAI', /^(?:openai\/)?(?:gpt|chatgpt|codex|o[1-9])(?:\b|-)/i],
  ['Google', /^(?:google\/)?gemini\b/i],
]

/** Whose models a CLI has of itself; one that is not here has anyone's. */
const vendorOfRuntime: ReadonlyMap<string, string> = new Map([
  ['claude', 'Anthropic'],
  ['codex', 'OpenAI'],
  ['gemini', 'Google'],
])

/**
 * The model that an instance asks for. A default that says nothing of a runtime never crosses vendors: it is for the runtime of the
 * defaults, or for that of the vendor it names. Another vendor's model that is written for the instance is passed on with a warning,
 * since behind a gateway it may be right.
 */
export function readModel(
  draft: Draft,
  settings: Settings,
  facts: RuntimeFacts,
  compiling: Compiling,
): string | undefined {
  const setting = settings.find('model')
  if (setting === undefined) return undefined
  const { value: model, owner, level } = setting
  const vendor = vendorOf(model)
  const own = vendorOfRuntime.get(facts.name)
  const isGeneral = level === 'defaults' && setting.runtime === undefined
  const usual = isGeneral
    ? (settings.defaultRuntime ?? defaultRuntime(compiling.runtimes, 'agent')?.name ?? facts.name)
    : facts.name
  const isForeign = vendor === undefined ? usual !== facts.name : own !== undefined && vendor !== own
  if (!isForeign) return model
  const range = compiling.file.origins.ofValue(owner, 'model')
  if (!isGeneral) {
    compiling.diagnostics.warning(
      'foreign-model',
      `\`${model}\` is a model of ${vendor}, and \`${facts.name}\` runs those of ${own}`,
      range,
      {
        hint: 'It is passed on as it is: behind a gateway it may be known.',
      },
    )
    return model
  }
  compiling.diagnostics.warning(
    'foreign-model',
    `\`${draft.id}\` runs on \`${facts.name}\` and does not use this model`,
    range,
    {
      hint: `Write it for its runtime: \`defaults: { ${vendor === undefined ? usual : runtimeOf(vendor)}: { model: ${model} } }\`.`,
    },
  )
  return undefined
}

function vendorOf(model: string): string | undefined {
  return hasExpression(model) ? undefined : vendors.find(([, names]) => names.test(model))?.[0]
}

function runtimeOf(vendor: string): string {
  return [...vendorOfRuntime].find(([, of]) => of === vendor)?.[0] ?? vendor.toLowerCase()
}
