/**
 * Runs test files in one process, in this order, and ends it at the first test that fails; prints the file it is in.
 *
 *     node scripts/run-until-failure.ts FILE…
 */
import { writeSync } from 'node:fs'
import { afterEach, test } from 'node:test'
import { pathToFileURL } from 'node:url'

afterEach((one) => {
  if (!('error' in one) || one.error === null) return
  const { stack, cause } = one.error as Error
  const [file = ''] = /(?<=file:\/\/)\S+\.test\.ts/.exec(`${(cause as Error | undefined)?.stack}\n${stack}`) ?? []
  writeSync(1, `${file}\n`)
  process.exit(1)
})

// Each file is loaded once the tests of the one before have passed.
for (const path of process.argv.slice(2)) await test(path, () => import(pathToFileURL(path).href))
