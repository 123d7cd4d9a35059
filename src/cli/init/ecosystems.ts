import { parseJson } from '../../core/parse-json.ts'
import { isObject } from '../../core/is-object.ts'
import type { RootFiles } from './root-files.ts'

/** What a repository says of itself in the files of one language. */
export interface Ecosystem {
  readonly language: string
  readonly manager?: string
  readonly test?: string
  readonly setup: readonly object[]
}

type Look = (files: RootFiles) => Ecosystem | undefined

/** Whether a repository is of some language, one function each; the first with tests is the one whose tests are run. */
export const ecosystems: readonly Look[] = [node, deno, python, go, rust, java, dotnet, ruby, php, elixir, swift]

/** What npm writes into a package that has no tests. */
const noTests = /no test specified/

function node(files: RootFiles): Ecosystem | undefined {
  if (!files.has('package.json')) return undefined
  const { scripts = {}, packageManager = '' } = packageOf(files.read('package.json'))
  const language = files.has('tsconfig.json') ? 'TypeScript' : 'JavaScript'
  const manager = managerOf(files, packageManager)
  const hasTests = scripts['test'] !== undefined && scripts['test'].trim() !== '' && !noTests.test(scripts['test'])
  const hasLock = [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'bun.lock',
    'bun.lockb',
  ].some((name) => files.has(name))
  const version = ['.nvmrc', '.node-version'].find((name) => files.has(name))
  const setupNode = {
    uses: 'actions/setup-node@v5',
    with: {
      ...(version === undefined ? { 'node-version': 'lts/*' } : { 'node-version-file': version }),
      ...(hasLock && manager !== 'bun' && { cache: manager }),
    },
  }
  const install: Readonly<Record<string, string>> = {
    npm: hasLock ? 'npm ci' : 'npm install',
    pnpm: 'pnpm install --frozen-lockfile',
    yarn: files.has('.yarnrc.yml') ? 'yarn install --immutable' : 'yarn install --frozen-lockfile',
    bun: 'bun install --frozen-lockfile',
  }
  return {
    language,
    manager,
    ...(hasTests && { test: manager === 'bun' ? 'bun run test' : `${manager} test` }),
    setup: [
      ...(manager === 'bun' ? [{ uses: 'oven-sh/setup-bun@v2' }] : []),
      ...(manager === 'pnpm' || manager === 'yarn' ? [{ run: 'corepack enable' }] : []),
      ...(manager === 'bun' ? [] : [setupNode]),
      { run: install[manager] ?? 'npm ci' },
    ],
  }
}

function managerOf(files: RootFiles, declared: string): string {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(declared)?.[1]
  if (named !== undefined) return named
  if (files.has('pnpm-lock.yaml')) return 'pnpm'
  if (files.has('yarn.lock')) return 'yarn'
  return files.has('bun.lock') || files.has('bun.lockb') ? 'bun' : 'npm'
}

/** What is said in a package.json; nothing where it cannot be read. */
function packageOf(text: string): { scripts?: Readonly<Record<string, string>>; packageManager?: string } {
  try {
    const value: unknown = parseJson(text.replace(/^\uFEFF/, ''))
    if (!isObject<Record<string, unknown>>(value)) return {}
    const { scripts, packageManager } = value
    const texts = isObject<Record<string, unknown>>(scripts)
      ? Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      : []
    return {
      scripts: Object.fromEntries(texts),
      ...(typeof packageManager === 'string' && { packageManager }),
    }
  } catch {
    return {}
  }
}

function deno(files: RootFiles): Ecosystem | undefined {
  if (!files.has('deno.json') && !files.has('deno.jsonc')) return undefined
  return { language: 'TypeScript', manager: 'deno', test: 'deno test', setup: [{ uses: 'denoland/setup-deno@v2' }] }
}

function python(files: RootFiles): Ecosystem | undefined {
  const project = files.read('pyproject.toml')
  const requirements = ['requirements.txt', 'requirements-dev.txt'].filter((name) => files.has(name))
  if (project === '' && requirements.length === 0 && !files.has('setup.py')) return undefined
  const manager = files.has('uv.lock')
    ? 'uv'
    : files.has('poetry.lock')
      ? 'poetry'
      : files.has('pdm.lock')
        ? 'pdm'
        : 'pip'
  const hasTests =
    ['tests', 'test', 'pytest.ini', 'conftest.py', 'tox.ini'].some((name) => files.has(name)) ||
    /\bpytest\b/.test(project)
  const usesPytest = /\bpytest\b/.test(
    `${project}${requirements.map((name) => files.read(name)).join('\n')}${files.has('pytest.ini') || files.has('conftest.py') ? 'pytest' : ''}`,
  )
  const runner = usesPytest ? 'python -m pytest' : 'python -m unittest discover'
  const version = files.has('.python-version')
    ? { 'python-version-file': '.python-version' }
    : { 'python-version': '3.x' }
  const install =
    manager === 'uv'
      ? 'pipx install uv && uv sync'
      : manager === 'pip'
        ? [
            'pip install',
            ...(project === '' ? [] : ['.']),
            ...requirements.map((name) => `-r ${name}`),
            ...(usesPytest ? ['pytest'] : []),
          ].join(' ')
        : `pipx install ${manager} && ${manager} install`
  return {
    language: 'Python',
    manager,
    ...(hasTests && { test: manager === 'pip' ? runner : `${manager} run ${runner}` }),
    setup: [
      { uses: 'actions/setup-python@v6', with: version },
      ...(install === 'pip install' ? [] : [{ run: install }]),
    ],
  }
}

function go(files: RootFiles): Ecosystem | undefined {
  if (!files.has('go.mod')) return undefined
  const setup = [{ uses: 'actions/setup-go@v6', with: { 'go-version-file': 'go.mod' } }]
  return { language: 'Go', manager: 'go', test: 'go test ./...', setup }
}

function rust(files: RootFiles): Ecosystem | undefined {
  if (!files.has('Cargo.toml')) return undefined
  return {
    language: 'Rust',
    manager: 'cargo',
    test: `cargo test${files.has('Cargo.lock') ? ' --locked' : ''}`,
    setup: [],
  }
}

function java(files: RootFiles): Ecosystem | undefined {
  const isMaven = files.has('pom.xml')
  const kotlin = files.has('build.gradle.kts')
  if (!isMaven && !kotlin && !files.has('build.gradle')) return undefined
  const test = isMaven
    ? `${files.has('mvnw') ? './mvnw' : 'mvn'} --batch-mode test`
    : `${files.has('gradlew') ? './gradlew' : 'gradle'} test`
  const setup = [{ uses: 'actions/setup-java@v5', with: { distribution: 'temurin', 'java-version': '21' } }]
  return { language: kotlin ? 'Kotlin' : 'Java', manager: isMaven ? 'maven' : 'gradle', test, setup }
}

function dotnet(files: RootFiles): Ecosystem | undefined {
  if (!['.sln', '.slnx', '.csproj', '.fsproj'].some((ending) => files.hasEnding(ending))) return undefined
  return { language: 'C#', manager: 'dotnet', test: 'dotnet test', setup: [{ uses: 'actions/setup-dotnet@v5' }] }
}

function ruby(files: RootFiles): Ecosystem | undefined {
  if (!files.has('Gemfile')) return undefined
  const test = files.has('spec') ? 'bundle exec rspec' : files.has('Rakefile') ? 'bundle exec rake test' : undefined
  const setup = [{ uses: 'ruby/setup-ruby@v1', with: { 'bundler-cache': true } }]
  return { language: 'Ruby', manager: 'bundler', ...(test !== undefined && { test }), setup }
}

function php(files: RootFiles): Ecosystem | undefined {
  if (!files.has('composer.json')) return undefined
  const hasTests = packageOf(files.read('composer.json')).scripts?.['test'] !== undefined
  const test = hasTests
    ? 'composer test'
    : files.hasEnding('phpunit.xml') || files.has('phpunit.xml.dist')
      ? 'vendor/bin/phpunit'
      : undefined
  return {
    language: 'PHP',
    manager: 'composer',
    ...(test !== undefined && { test }),
    setup: [{ run: 'composer install' }],
  }
}

function elixir(files: RootFiles): Ecosystem | undefined {
  if (!files.has('mix.exs')) return undefined
  const setup = [
    { uses: 'erlef/setup-beam@v1', with: { 'otp-version': '27', 'elixir-version': '1.18' } },
    { run: 'mix deps.get' },
  ]
  return { language: 'Elixir', manager: 'mix', test: 'mix test', setup }
}

function swift(files: RootFiles): Ecosystem | undefined {
  if (!files.has('Package.swift')) return undefined
  return { language: 'Swift', manager: 'swift', test: 'swift test', setup: [{ uses: 'swift-actions/setup-swift@v2' }] }
}
