import type { CountedApi } from './count-usage.ts'

/** How a provider is asked by one of the model APIs. */
export interface Way {
  readonly api: CountedApi
  /** What a path of the CLI begins with where the provider's base URL stands: the CLI adds the rest to either. */
  readonly base: string
  /** The paths that may be asked, after the base and without a query. */
  readonly paths: RegExp
  /** The headers by which the API takes this key. */
  headersOf(key: string): Readonly<Record<string, string>>
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

/** Anthropic's Messages. */
export const messagesWay: Way = {
  api: 'messages',
  base: '',
  paths: /^\/v1\/(?:messages(?:\/count_tokens)?|models(?:\/[\w.:-]+)?)$/,
  headersOf: (key) => ({ 'x-api-key': key }),
}

/** OpenAI's Responses. */
export const responsesWay: Way = {
  api: 'responses',
  base: '/v1',
  paths: /^\/(?:responses(?:\/compact)?|models(?:\/[\w.:-]+)?)$/,
  headersOf: bearer,
}

/** OpenAI's Chat Completions, which many providers speak; an id of theirs may have a slash. */
export const chatCompletionsWay: Way = {
  api: 'chat-completions',
  base: '/v1',
  paths: /^\/(?:chat\/completions|models(?:\/[\w.:-]+){0,3})$/,
  headersOf: bearer,
}

/** Google's generateContent. */
export const generateContentWay: Way = {
  api: 'generate-content',
  base: '',
  paths:
    /^\/v1(?:beta|alpha)?\/models(?:\/[\w.-]+(?::(?:generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents))?)?$/,
  headersOf: (key) => ({ 'x-goog-api-key': key }),
}
