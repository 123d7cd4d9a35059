/**
 * Mutation testing of the engine: changes one thing at a time in a copy of `src/engine` and expects the engine's tests to
 * fail. Prints the survivors and the share that was killed, by file; exits 1 under 94 %.
 *
 *     node scripts/mutate-engine.ts [--every N [--offset N]] [--seconds N] [--results FILE] [file[:line]…]
 *
 * With `--results` a run goes on where the last one stopped, for instance after its `--seconds`: what was killed stays so
 * until its file changes, what survived is tried again once a test has changed.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { codeOf } from './code-of.ts'

interface Mutant {
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
  readonly text: string
  /** Of the whole changed file. */
  readonly hash: string
}

interface Verdict {
  readonly hash: string
  /** The test file that failed; null for a survivor, of the tests with this hash. */
  readonly killer: string | null
  readonly tests: string
}

const root = resolve(import.meta.dirname, '..')
/** The page whose tables are tests. */
const rulesPage = 'docs/edges-and-conditions.md'
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

function mutantsOf(file: string): Mutant[] {
  const original = readFileSync(join(root, 'src/engine', file), 'utf8')
  const lines = original.split('\n')
  const behaviour = withoutTypes(original)
  const mutants: Mutant[] = []
  for (const [index, line] of lines.entries())
    for (const [pattern, replace] of operators)
      for (const match of codeOf(line).matchAll(pattern))
        for (const to of replace(match[0])) {
          const changed = line.slice(0, match.index) + to + line.slice(match.index + match[0].length)
          const text = lines.with(index, changed).join('\n')
          const changedBehaviour = withoutTypes(text)
          if (changedBehaviour !== undefined && changedBehaviour !== behaviour)
            mutants.push({ file, line: index + 1, from: line.trim(), to: changed.trim(), text, hash: hashOf(text) })
        }
  return mutants
}

/** What runs of a text; undefined when it is no TypeScript. */
function withoutTypes(text: string): string | undefined {
  try {
    return stripTypeScriptTypes(text).replaceAll(/\s+/g, ' ')
  } catch {
    return undefined
  }
}

function hashOf(...texts: string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('base64url').slice(0, 16)
}

/** What a pass of the tests may take, several times as much as it does. */
const processorSeconds = 30

/**
 * The first test file that fails in a copy, or a word for what ended it otherwise; undefined when all pass. The limit is
 * one of processor time, so that a machine with other work to do kills nothing.
 */
function failing(directory: string, tests: readonly string[], runs: number | undefined) {
  const child = spawn(
    'sh',
    ['-c', `ulimit -t ${processorSeconds}; exec "$0" "$@"`, process.execPath, 'scripts/run-until-failure.ts', ...tests],
    {
      cwd: directory,
      env: {
        ...process.env,
        ENGINE_RUNS: runs === undefined ? undefined : String(runs),
        NODE_COMPILE_CACHE: join(directory, 'compiled'),
        NODE_OPTIONS: '--max-old-space-size=1024 --test-reporter=dot --test-reporter-destination=stderr',
        NODE_TEST_CONTEXT: undefined,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-1000)))
  return new Promise<string | undefined>((done) => {
    child.on('close', (code, signal) =>
      done(code === 0 ? undefined : (/test\/\S+$/.exec(output.trim())?.[0] ?? signal ?? 'another error')),
    )
  })
}

/** The examples in the order to try them for a source file: what failed most often for it comes first. */
function orderFor(file: string): string[] {
  const kills = new Map<string | null | undefined, number>()
  for (const mutant of mutants) {
    const killer = verdicts.get(mutant.hash)?.killer
    kills.set(killer, (kills.get(killer) ?? 0) + (mutant.file === file ? 10 : 1))
  }
  const named = file.replace('.ts', '.test.ts')
  const rank = (test: string): number => (kills.get(test) ?? 0) + (test.endsWith(`/${named}`) ? 5 : 0)
  return tests.toSorted((a, b) => rank(b) - rank(a))
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
    seconds: { type: 'string', default: 'Infinity' },
    results: { type: 'string' },
  },
})
const deadline = performance.now() + Number(flags.seconds) * 1000
const isChosen = ({ file, line }: Mutant): boolean =>
  positionals.length === 0 || positionals.includes(file) || positionals.includes(`${file}:${line}`)
const mutants = readdirSync(join(root, 'src/engine'))
  .flatMap(mutantsOf)
  .filter(isChosen)
  .filter((_, index) => index % Number(flags.every) === Number(flags.offset))
const sources = ['test/engine', 'test/engine-rules'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
)
const testHash = hashOf(...[...sources, rulesPage].map((name) => readFileSync(join(root, name), 'utf8')))
const tests = sources.filter((name) => name.endsWith('.test.ts'))
const properties = tests.filter((name) => readFileSync(join(root, name), 'utf8').includes('ENGINE_RUNS'))
const verdicts = new Map<string, Verdict>()
if (flags.results !== undefined && existsSync(flags.results))
  for (const line of readFileSync(flags.results, 'utf8').trim().split('\n')) {
    const verdict = JSON.parse(line) as Verdict
    if (verdict.killer !== null || verdict.tests === testHash) verdicts.set(verdict.hash, verdict)
  }
/** In no order of theirs, so that a run that stops early has seen something of every file. */
const open = mutants.filter(({ hash }) => !verdicts.has(hash)).toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
let next = 0
/** What fails without any mutant. */
let unchanged: Promise<string | undefined> | undefined

async function work(): Promise<void> {
  if (next >= open.length || performance.now() >= deadline) return
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'))
  try {
    for (const folder of ['src', 'test/engine', 'test/engine-rules', 'test/plan-views', 'test/rig', 'bench'])
      cpSync(join(root, folder), join(directory, folder), { recursive: true })
    for (const file of ['package.json', 'docs/architecture.md', rulesPage, 'scripts/run-until-failure.ts'])
      cpSync(join(root, file), join(directory, file))
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    const broken = await (unchanged ??= failing(directory, tests, 20))
    if (broken !== undefined) throw new Error(`${broken} fails without any mutant`)
    while (performance.now() < deadline) {
      const mutant = open[next++]
      if (mutant === undefined) break
      const path = join(directory, 'src/engine', mutant.file)
      const original = readFileSync(path, 'utf8')
      writeFileSync(path, mutant.text)
      let killer: string | undefined
      killer ??= await failing(directory, orderFor(mutant.file), 1)
      killer ??= await failing(directory, properties, 60)
      killer ??= await failing(directory, properties, undefined)
      writeFileSync(path, original)
      const verdict: Verdict = { hash: mutant.hash, killer: killer ?? null, tests: testHash }
      verdicts.set(mutant.hash, verdict)
      if (flags.results !== undefined) appendFileSync(flags.results, `${JSON.stringify(verdict)}\n`)
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
const judged = mutants.filter(({ hash }) => verdicts.has(hash))
const survivors = judged.filter(({ hash }) => verdicts.get(hash)?.killer === null)
const share = (part: number, whole: number): string =>
  `${part} of ${whole} killed, ${((100 * part) / whole).toFixed(1)} %`
for (const { file, line, from, to } of survivors) console.log(`survived ${file}:${line}\n  - ${from}\n  + ${to}`)
for (const [file, all] of Map.groupBy(judged, (mutant) => mutant.file)) {
  const survived = survivors.filter((mutant) => mutant.file === file).length
  console.log(`${file}: ${share(all.length - survived, all.length)}`)
}
if (judged.length < mutants.length) console.log(`${mutants.length - judged.length} not tried yet`)
const killed = judged.length - survivors.length
console.log(share(killed, judged.length))
process.exitCode = killed >= judged.length * 0.94 ? 0 : 1
