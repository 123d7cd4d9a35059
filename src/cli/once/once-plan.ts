import { basename } from 'node:path'
import type { RuntimeFacts } from '../../core/runtime.ts'
import { literalText } from '../../expression/template.ts'
import { compileSingle } from '../../workflow/compile-single.ts'
import type { Compilation } from '../../workflow/compile.ts'

/** What `once` runs. */
export interface OnceRequest {
  readonly work: { readonly prompt: string } | { readonly command: readonly string[] }
  readonly runtime: string
  readonly model: string | undefined
  readonly maxTurns: number | undefined
  readonly allowedTools: readonly string[]
  readonly minutes: number | undefined
}

/** The plan of a single instance named `once`. Text from the command line is no template. */
export function compileOnce(
  { work, runtime, model, maxTurns, allowedTools, minutes }: OnceRequest,
  runtimes: ReadonlyMap<string, RuntimeFacts>,
): Compilation {
  const instance = {
    runtime,
    name: literalText('prompt' in work ? runtime : basename(work.command[0] ?? '')),
    ...('prompt' in work ? { prompt: literalText(work.prompt) } : { command: work.command.map(literalText) }),
    ...(model !== undefined && { model: literalText(model) }),
    ...(maxTurns !== undefined && { 'max-turns': maxTurns }),
    ...(allowedTools.length > 0 && { 'allowed-tools': allowedTools.map(literalText) }),
    ...(minutes !== undefined && { 'timeout-minutes': minutes }),
  }
  return compileSingle('once', 'once', instance, runtimes)
}
