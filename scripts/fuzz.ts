/*
 * The long form of test/workflow/fuzz.test.ts: `node scripts/fuzz.ts [inputs] [first seed] [minutes]`.
 * Exits 1 with the seeds and texts of what went wrong.
 */
import { fuzzCompile } from '../test/workflow/fuzz-compile.ts'

const [inputs = 200_000, firstSeed = 1_000_000, minutes = 30] = process.argv.slice(2).map(Number)
const deadline = performance.now() + minutes * 60_000
const started = performance.now()
const report = fuzzCompile(inputs, firstSeed, () => performance.now() < deadline)
const seconds = Math.round((performance.now() - started) / 1000)
console.log(
  `${report.inputs} inputs in ${seconds} s, ${report.compiled} of them valid, the slowest ${Math.round(report.slowestMs)} ms, ${report.findings.length} findings`,
)
for (const { seed, problem, text } of report.findings)
  console.log(`\nseed ${seed}: ${problem}\n${JSON.stringify(text.slice(0, 2000))}`)
if (report.findings.length > 0) process.exitCode = 1
