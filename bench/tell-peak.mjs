import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env.BENCH_PEAK_FILE
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024))
})
