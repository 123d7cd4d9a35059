/**
 * `npm run bench`: the figures this project promises, each beside its floor measured in the same run.
 * `npm run bench -- NAME…` measures only these. Needs `dist/`. Exits 1 when a figure is over its limit.
 */
import { benchmarks } from './benchmarks.ts'

const wanted = process.argv.slice(2)
const chosen = benchmarks.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0)
  throw new Error(`no such benchmark; there are: ${benchmarks.map(({ name }) => name).join(', ')}`)

console.log(`node ${process.version}, ${process.platform}`)
for (const benchmark of chosen) {
  const { lines, within } = await benchmark.measure()
  console.log(`\n${benchmark.title}`)
  for (const line of lines) console.log(`  ${line}`)
  if (!within) {
    console.log('  OVER THE LIMIT')
    process.exitCode = 1
  }
}
