import type { CustomRuntime } from '../core/custom-runtime.ts'
import type { RuntimeEntry } from './schema.ts'

/** A runtime as a file declares it: what `readRuntimes` reads back to the same. */
export function printRuntime(runtime: CustomRuntime): RuntimeEntry {
  const { command, prompt, version, parse, env, safety, simulate, untrustedCheckout } = runtime
  const { format, text, error, tools, costUsd, usage } = parse
  const printed = {
    format,
    text,
    error,
    tools,
    'cost-usd': costUsd,
    usage: {
      input: usage.input,
      output: usage.output,
      'cache-read': usage.cacheRead,
      'cache-write': usage.cacheWrite,
      reasoning: usage.reasoning,
    },
  }
  return {
    command: command.map((part) => (typeof part === 'string' ? part : [...part])),
    prompt,
    ...(version !== undefined && { version: [...version] }),
    ...(format !== 'text' && { parse: JSON.parse(JSON.stringify(printed)) as NonNullable<RuntimeEntry['parse']> }),
    ...(env.length > 0 && { env: [...env] }),
    ...(Object.keys(safety).length > 0 && {
      safety: Object.fromEntries(Object.entries(safety).map(([tier, args]) => [tier, [...args]])),
    }),
    ...(simulate !== undefined && { simulate: { ...simulate } }),
    ...(untrustedCheckout && { 'untrusted-checkout': true }),
  }
}
