import type { ProxiedKey } from '../agent.ts'
import { chatCompletionsWay, generateContentWay, messagesWay, responsesWay, type Way } from './ways.ts'

/** A provider whose key can be kept from a CLI that knows many. */
interface KeyProvider {
  readonly variable: string
  readonly way: Way
  /** What the provider's own base URL is where `way.base` stands. */
  readonly upstream: string
  /** What CLIs have at the end of its base URL, where ours begins. */
  readonly suffix: string
}

/** By the names that OpenCode and pi both give them; the addresses are those that both ask (pi 0.74.2, OpenCode 1.18.33). */
const keyProviders: Readonly<Record<string, KeyProvider>> = {
  anthropic: {
    variable: 'ANTHROPIC_API_KEY',
    way: messagesWay,
    upstream: 'https://api.anthropic.com',
    suffix: '',
  },
  openai: { variable: 'OPENAI_API_KEY', way: responsesWay, upstream: 'https://api.openai.com/v1', suffix: '/v1' },
  google: {
    variable: 'GEMINI_API_KEY',
    way: generateContentWay,
    upstream: 'https://generativelanguage.googleapis.com',
    suffix: '/v1beta',
  },
  openrouter: {
    variable: 'OPENROUTER_API_KEY',
    way: chatCompletionsWay,
    upstream: 'https://openrouter.ai/api/v1',
    suffix: '/v1',
  },
  groq: {
    variable: 'GROQ_API_KEY',
    way: chatCompletionsWay,
    upstream: 'https://api.groq.com/openai/v1',
    suffix: '/v1',
  },
  xai: { variable: 'XAI_API_KEY', way: chatCompletionsWay, upstream: 'https://api.x.ai/v1', suffix: '/v1' },
}

/** What a model's name says of its provider: `provider/model`. */
export const providerOf = (model: string | undefined): string => /^([^/]+)\/./.exec(model ?? '')?.[1] ?? ''

/** The base URL of a provider, ours in the place of its own. */
export const ledBase = (provider: string, baseUrl: string): string =>
  `${baseUrl}${keyProviders[provider]?.suffix ?? ''}`

/**
 * The key of the provider that a model names, for a CLI which knows these providers and looks for a key in each of these variables. All of them are
 * withheld: it would ask another provider with another key.
 */
export function findProviderKey(known: readonly string[], variables: readonly string[]): ProxiedKey['find'] {
  return (environment, model) => {
    if (!variables.some((name) => environment[name])) return undefined
    const name = providerOf(model)
    const provider = known.includes(name) ? keyProviders[name] : undefined
    const names = known.map((each) => `\`${each}\``).join(', ')
    if (provider === undefined)
      return {
        problem: name === '' ? 'the key of a provider that no `model` names' : `the key of the provider \`${name}\``,
        hint: `write \`model: provider/name\` with one of ${names}`,
      }
    const key = environment[provider.variable]
    if (!key) return undefined
    return {
      upstream: provider.upstream,
      headers: provider.way.headersOf(key),
      variables,
      way: provider.way,
    }
  }
}
