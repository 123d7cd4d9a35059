import type { DefaultsEntry } from './schema.ts'

/** Agents that `defaults` can have keys for. */
export const runtimeNames = ['claude', 'codex', 'gemini', 'opencode', 'qwen', 'copilot', 'pi'] as const

/** A map of `defaults` with those it has for single runtimes. */
export function allDefaults(values: DefaultsEntry): DefaultsEntry[] {
  return [values, ...runtimeNames.flatMap((name) => values[name] ?? [])]
}

/** What `defaults` say of one runtime. */
export function defaultsOf(values: DefaultsEntry, runtime: string): DefaultsEntry | undefined {
  const name = runtimeNames.find((known) => known === runtime)
  return name === undefined ? undefined : values[name]
}
