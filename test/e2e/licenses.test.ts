import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { entriesOf, packagesOf, shortestLicense, unstated } from '../../scripts/complete-licenses.ts'

const root = resolve(import.meta.dirname, '../..')

describe('the licenses of what is bundled', () => {
  for (const bundle of ['action', 'post', 'library', 'cli']) {
    const stats = join(root, 'build', `${bundle}.stats.json`)
    const skip = !existsSync(stats) && 'the bundler has left no statistics: `npm run build`'
    it(`are all in dist/${bundle}, by the bundler's own statistics`, { skip }, () => {
      const names = packagesOf(stats)
      assert.ok(names.length > 1, names.join(' '))
      const entries = entriesOf(readFileSync(join(root, 'dist', bundle, 'licenses.txt'), 'utf8'), names)
      assert.deepEqual(
        names.filter((name) => !entries.has(name)),
        [],
      )
      const whole = readFileSync(join(root, 'dist', bundle, 'licenses.txt'), 'utf8')
      const bare = [...entries].filter(([, text]) => text.trim().length < shortestLicense).map(([name]) => name)
      for (const name of bare) {
        const again = whole.slice(whole.lastIndexOf(`\n${name}\n`))
        assert.ok(again.includes('THE SOFTWARE IS PROVIDED') || again.startsWith(`\n${name}\n${unstated}`), name)
      }
    })
  }
})
