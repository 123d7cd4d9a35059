import type { JsonObject } from '../core/json.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import { compile, type Compilation } from './compile.ts'

/**
 * The plan of one instance that stands in no file: what a command line or the inputs of a step ask for, with the checks and the defaults an
 * orchestration file has. `instance` is what would stand under its id. Diagnostics have no place: nobody wrote the text they are about.
 */
export function compileSingle(
  runName: string,
  id: string,
  instance: JsonObject,
  runtimes: ReadonlyMap<string, RuntimeFacts>,
): Compilation {
  // JSON is YAML: there is one language of plans.
  const text = JSON.stringify({ name: runName, instances: { [id]: instance } })
  const { plan, diagnostics } = compile('', text, { read: () => undefined, runtimes })
  return {
    plan: plan && { ...plan, source: null },
    diagnostics: diagnostics.map(({ range: _range, ...placeless }) => placeless),
    sources: new Map(),
    missedInputs: [],
  }
}
