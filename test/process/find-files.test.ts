import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findFiles, isPattern } from '../../src/process/find-files.ts'
import { createPlace } from '../cli/command-line.ts'

const emptyFiles = (names: readonly string[]) => createPlace(Object.fromEntries(names.map((name) => [name, ''])))

describe('patterns', () => {
  it('match as in a shell, without dot files and node_modules', async () => {
    using place = emptyFiles([
      'a.yml',
      'b.yaml',
      'd/a.yml',
      'd/e/c.yml',
      '.github/x.yml',
      'node_modules/n.yml',
      'd/[x].yml',
    ])
    const find = (pattern: string): Promise<string[]> => findFiles(pattern, place.path)
    assert.deepEqual(await find('*.yml'), ['a.yml'])
    assert.deepEqual(await find('*.{yml,yaml}'), ['a.yml', 'b.yaml'])
    assert.deepEqual(await find('**/*.yml'), ['a.yml', 'd/[x].yml', 'd/a.yml', 'd/e/c.yml'])
    assert.deepEqual(await find('.github/*'), ['.github/x.yml'])
    assert.deepEqual(await find('d/?.yml'), ['d/a.yml'])
    assert.deepEqual(await find('d/[ab].yml'), ['d/a.yml'])
    assert.deepEqual(await find('[!a].yaml'), ['b.yaml'])
    assert.deepEqual(await find('node_modules/*'), ['node_modules/n.yml'])
    assert.deepEqual(await find(`${place.path}/d/*.yml`), [`${place.path}/d/[x].yml`, `${place.path}/d/a.yml`])
    assert.deepEqual(await find(`${place.path}/d/**/c.yml`), [`${place.path}/d/e/c.yml`])
    assert.deepEqual(await find('z/**'), [])
    assert.equal(isPattern('a.yml'), false)
  })

  it(
    'are no patterns where a file or a folder has that very name',
    { skip: process.platform === 'win32' },
    async () => {
      using place = emptyFiles([
        'app/[slug]/page.tsx',
        'app/[slug]/[id].tsx',
        'app/s/page.tsx',
        'a{1,2}.md',
        'a1.md',
        'what?.md',
        '#x.md',
        '!y.md',
      ])
      const find = (pattern: string): Promise<string[]> => findFiles(pattern, place.path)
      assert.deepEqual(await find('app/[slug]/page.tsx'), ['app/[slug]/page.tsx'])
      assert.deepEqual(await find('app/[slug]/*.tsx'), ['app/[slug]/[id].tsx', 'app/[slug]/page.tsx', 'app/s/page.tsx'])
      assert.deepEqual(await find('**/[id].tsx'), ['app/[slug]/[id].tsx'])
      assert.deepEqual(await find('a{1,2}.md'), ['a{1,2}.md'])
      assert.deepEqual(await find('what?.md'), ['what?.md'])
      assert.deepEqual(await find('#*.md'), ['#x.md'])
      assert.deepEqual(await find('!*.md'), ['!y.md'])
    },
  )
})
