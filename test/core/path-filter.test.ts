import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPathFilter } from '../../src/core/path-filter.ts'

/** Filters, what they let through and what not; the first part is GitHub's own table of examples ("Filter pattern cheat sheet"). */
const table: readonly (readonly [filters: string, yes: string, no: string])[] = [
  ['*', 'README.md server.rb', 'docs/README.md'],
  ['*.jsx?', 'page.js page.jsx', 'page.jsxx a/page.js'],
  ['**', 'all/the/files.md README.md .github/x', ''],
  ['*.js', 'app.js index.js', 'js/index.js app.jsx'],
  ['**.js', 'index.js js/index.js src/js/app.js', 'app.ts'],
  ['docs/*', 'docs/README.md docs/file.txt', 'docs/a/b.md README.md'],
  ['docs/**', 'docs/README.md docs/mona/octocat.txt', 'docs mydocs/a'],
  ['docs/**/*.md', 'docs/README.md docs/mona/hello-world.md docs/a/markdown/file.md', 'docs/a.txt'],
  ['**/docs/**', 'docs/hello.md dir/docs/my-file.txt space/docs/plan/space.doc', 'docs mydocs/a'],
  ['**/README.md', 'README.md js/README.md a/b/README.md', 'README.mdx xREADME.md'],
  ['**/*src/**', 'a/src/app.js my-src/code/js/app.js', 'source/a'],
  ['**/*-post.md', 'my-post.md path/their-post.md', 'post.md'],
  ['**/migrate-*.sql', 'migrate-10909.sql db/migrate-v1.0.sql db/sept/migrate-v1.sql', 'migrate.sql'],
  ['*.md !README.md', 'hello.md', 'README.md docs/hello.md'],
  ['*.md !README.md README*', 'hello.md README.md README.doc', 'docs/README.md'],
  ['v[12].[0-9]+', 'v1.10 v2.0', 'v3.1 v1.x v1.'],
  ['[CB]at', 'Cat Bat', 'Rat CBat'],
  ['[1-2]00', '100 200', '300 1-00'],
  ['[a-c9_-].x', 'b.x 9.x _.x -.x', 'd.x 8.x'],
  ['[z-a]', '', 'b z'],
  // Order and exclusion.
  ['!docs/** docs/**', 'docs/a', 'a'],
  ['docs/** !docs/**', '', 'docs/a a'],
  ['src/** !src/gen/** src/gen/keep.ts', 'src/a src/gen/keep.ts', 'src/gen/a'],
  ['!a', '', 'a b'],
  // What is no pattern stands for itself.
  ['a.b', 'a.b', 'aXb'],
  ['a|b', 'a|b', 'a b'],
  ['(a)', '(a)', 'a'],
  ['$a^', '$a^', 'a'],
  ['{a,b}', '{a,b}', 'a b'],
  ['\\*.md', '*.md', 'a.md'],
  ['\\!important', '!important', 'important'],
  ['a\\?', 'a?', 'a'],
  // Case and dots count, folders do not.
  ['readme.md', 'readme.md', 'README.md'],
  ['*', '.hidden', '.github/x'],
  ['docs', 'docs', 'docs/a'],
  ['docs/', '', 'docs docs/a'],
  ['ünï/*', 'ünï/ö', 'uni/o'],
  ['a/**/b', 'a/b a/x/b a/x/y/b', 'ab a/b/c'],
  ['a+', 'a aaa', 'b'],
  ['a**b', 'ab a/x/b', 'a'],
]

describe('filters of paths, by the rules of GitHub Actions', () => {
  for (const [filters, yes, no] of table)
    it(filters, () => {
      const passes = createPathFilter(filters.split(' '))
      for (const path of yes.split(' ').filter(Boolean)) assert.equal(passes(path), true, path)
      for (const path of no.split(' ').filter(Boolean)) assert.equal(passes(path), false, path)
    })

  it('that make others go through every way are judged at once', () => {
    const passes = createPathFilter([`${'**a'.repeat(12)}b`, `${'*'.repeat(60)}b`])
    assert.equal(passes('a'.repeat(60)), false)
  })
})
