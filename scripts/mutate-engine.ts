/**
 * Mutation testing of the engine: changes one thing at a time in a copy of `src/engine` and expects the engine's tests to
 * fail. `node scripts/mutate-engine.ts [every Nth mutant] [file…]` prints the survivors and the share that was killed.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

interface Mutant {
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
  readonly text: string
}

const root = resolve(import.meta.dirname, '..')
const timeoutMs = 20_000
const operators: readonly (readonly [RegExp, (found: string) => readonly string[]])[] = [
  [/ (===|!==) /g, (found) => [found.includes('!') ? ' === ' : ' !== ']],
  [/ (<=|>=|<|>) /g, (found) => [{ '<': ' <= ', '<=': ' < ', '>': ' >= ', '>=': ' > ' }[found.trim()] ?? found]],
  [/ (&&|\|\|) /g, (found) => [found.includes('&') ? ' || ' : ' && ']],
  [/ [+\-*/] (?=\S)/g, (found) => [{ '+': ' - ', '-': ' + ', '*': ' / ', '/': ' * ' }[found.trim()] ?? found]],
  [/\+\+|--/g, (found) => [found === '++' ? '--' : '++']],
  [/ [+-]= /g, (found) => [found.includes('+') ? ' -= ' : ' += ']],
  [/\b(true|false)\b/g, (found) => [found === 'true' ? 'false' : 'true']],
  [/(?<![\w.$])\d[\d_]*(?![\w.])/g, (found) => [String(Number(found.replaceAll('_', '')) + 1)]],
  [/\bMath\.(max|min)\b/g, (found) => [found.endsWith('max') ? 'Math.min' : 'Math.max']],
  [/\.(every|some)\(/g, (found) => [found === '.some(' ? '.every(' : '.some(']],
  [/(?<=^\s+if \()(?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*(?=\))/g, () => ['false', 'true']],
  [/(?<=^\s+)(?!return|throw|const|let|case|if|for|while|else)[\w.?[\]]+\(.*\)$/g, () => ['void 0']],
  [/(?<=^\s+)[\w.]+ (\?\?)?= [^=>].*[^,{([]$/g, () => ['void 0']],
]

/** The code of a line with comments and the insides of strings blanked out, so that positions stay. */
function codeOf(line: string): string {
  if (
    /^\s*(\/\/|\/?\*)/.test(line) ||
    /^import |^} from |^export (interface|type)|^interface|^ {2}(readonly )?\w+\??: [^,]*$/.test(line)
  )
    return ''
  return line.replaceAll(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, (text) => `'${'_'.repeat(text.length - 2)}'`)
}

function mutantsOf(file: string): Mutant[] {
  const lines = readFileSync(join(root, 'src/engine', file), 'utf8').split('\n')
  const mutants: Mutant[] = []
  for (const [index, line] of lines.entries())
    for (const [pattern, replace] of operators)
      for (const match of codeOf(line).matchAll(pattern))
        for (const to of replace(match[0])) {
          const changed = line.slice(0, match.index) + to + line.slice(match.index + match[0].length)
          const text = lines.with(index, changed).join('\n')
          if (isCode(text)) mutants.push({ file, line: index + 1, from: line.trim(), to: changed.trim(), text })
        }
  return mutants
}

function isCode(text: string): boolean {
  try {
    stripTypeScriptTypes(text)
    return true
  } catch {
    return false
  }
}

/** Whether the tests pass in a copy, within the time. */
function passes(directory: string, tests: readonly string[], runs: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--test', '--test-isolation=none', ...tests], {
    cwd: directory,
    env: { ...process.env, ENGINE_RUNS: String(runs), NODE_TEST_CONTEXT: undefined },
    stdio: 'ignore',
  })
  return new Promise((done) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      done(code === 0)
    })
  })
}

const [step = '1', ...only] = process.argv.slice(2)
const files = readdirSync(join(root, 'src/engine')).filter((file) => only.length === 0 || only.includes(file))
const mutants = files.flatMap(mutantsOf).filter((_, index) => index % Number(step) === 0)
const tests = readdirSync(join(root, 'test/engine')).filter((file) => file.endsWith('.test.ts'))
const named = (pick: (file: string) => boolean) => tests.filter(pick).map((file) => join('test/engine', file))
const examples = named((file) => !/^(properties|scale)\./.test(file))
const properties = named((file) => file.startsWith('properties.'))
const survivors: Mutant[] = []
let next = 0

async function work(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'))
  try {
    for (const folder of ['src/core', 'src/expression', 'src/engine', 'test/engine'])
      cpSync(join(root, folder), join(directory, folder), { recursive: true })
    cpSync(join(root, 'package.json'), join(directory, 'package.json'))
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    for (let mutant = mutants[next++]; mutant !== undefined; mutant = mutants[next++]) {
      const path = join(directory, 'src/engine', mutant.file)
      const original = readFileSync(path, 'utf8')
      writeFileSync(path, mutant.text)
      if ((await passes(directory, examples, 1)) && (await passes(directory, properties, 400))) {
        survivors.push(mutant)
        console.log(`survived ${mutant.file}:${mutant.line}\n  - ${mutant.from}\n  + ${mutant.to}`)
      }
      writeFileSync(path, original)
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
const killed = mutants.length - survivors.length
console.log(`${killed} of ${mutants.length} killed, ${((100 * killed) / mutants.length).toFixed(1)} %`)
process.exitCode = killed >= mutants.length * 0.9 ? 0 : 1
