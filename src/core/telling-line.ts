import { plainLine, plainText } from './plain-text.ts'

/** Lines that say nothing of the reason: places, frames, versions, hints, where a log is. */
const noise: readonly RegExp[] = [
  /^Node\.js v\d/,
  /^\(Use `node --trace/,
  /^\(node:\d+\) /,
  /^[\s^~|+=*─-]*$/u,
  /^[)\]}]+[,;]?$/,
  /^(?:hint|note|help|info|notice|usage|see|tip|warn(?:ing)?)\b\s*[:!]?(?:\s|$)/i,
  /^\[(?:notice|info|signal .*)\]?/i,
  /^[^\s:]+:(?:\d+:)*\s*(?:note|warning): /i,
  /^(?:run|try|use|please|to \w+|for more|if you|did you mean|omit|or)\b/i,
  /^'git <command>/,
  /^and the repository exists\.$/,
  /^\S+: use -\[v\]S to pass options/,
  /^(?:\S+: )?(?:try|run|see) ['`"‘].*(?:help|information)/i,
  /^some errors have detailed explanations/i,
  /^a complete log of this run/i,
  /^(?:https?:\/\/|#\d+ |╰|\+{1,4} )/u,
  /^(?:stack trace|stack backtrace|traceback\b.*|compilation terminated)[:.]?$/i,
  /^make(?:\[\d+\])?: (?:entering|leaving) directory/i,
]

/** Lines that say that something failed, and not what: one above says that. */
const weak: readonly RegExp[] = [
  /^exit status \d+$/,
  /^make(?:\[\d+\])?: \*\*\* \[.*\] Error \d+/,
  /^error: (?:aborting due to|could not compile|failed to push some refs|build failed)/i,
  /^error: (?:process|recipe|script|command) .*exit(?:ed)?\b.*\d+$/i,
  /^fatal: could not read from remote repository/i,
  /^(?:error:? )?command failed with exit code \d+/i,
  /^.{0,3}ELIFECYCLE/,
  /^collect2: error: ld returned/,
  /^BEGIN failed--compilation aborted/,
  /^execution of .* aborted due to compilation errors/i,
  /^(?:aborting|aborted|fail|failed|build failed\b.*)\.?$/i,
]

/** Lines that begin as errors do. */
const strong =
  /^(?:[^\s:]+: )?(?:\S+:\d+: )?(?:PHP )?(?:fatal(?: error)?|error|panic|failure|err!)(?:\[\w+\]| TS\d+)?:|^[\w.$]*(?:Error|Exception)(?: \[\w+\])?:|! \[(?:remote )?rejected\]|^\S+ (?:couldn't|could not|cannot|can't|failed)\b/i

/** Words that a reason has. */
const failing =
  /\b(?:errors?|fail(?:ed|ure|s)?|cannot|can['’]t|could ?n[o'’]t|couldn['’]t|unable|denied|refused|not found|no such|missing|invalid|undefined|undeclared|unknown|unbound|unexpected|timed out|panicked|fatal|exception|does not|did not match|is not|out of)\b|\*\*\*/i

/** How much of a line is looked at. */
const headLength = 400

/** How many lines above the last one that may be the reason are looked at for one that begins as errors do. */
const reach = 25

/**
 * The line of a program's standard error that says why it failed, as `plainLine`: not what stands below it in what programs usually write, such as
 * stack frames, hints or the version of the interpreter. The last line that is not blank where no line says so.
 */
export function tellingLine(text: string): string {
  const all = withoutFolds(plainText(text).trimEnd().split('\n'))
  const lines = withoutTrace(all)
  const told = wentWrong(lines) ?? tracebackMessage(lines) ?? lastReason(lines)
  const line = told ?? all.findLast((candidate) => candidate.trim() !== '') ?? ''
  return plainLine(line.replace(/\s*\{$/, ''))
}

/** Without the frames that a package manager or a tool draws around what it says; of `npm error` lines, which begin with the reason, only that. */
function withoutFolds(lines: readonly string[]): string[] {
  const kept: string[] = []
  let told = false
  for (const line of lines) {
    const npm = /^npm (?:error|ERR!)(?: (.*))?$/.exec(line)
    if (npm === null) {
      told = false
      kept.push(line.replace(/^│ ?/u, ''))
    } else if (!told && isNpmReason(npm[1] ?? '')) {
      told = true
      kept.push(npm[1] ?? '')
    }
  }
  return kept
}

function isNpmReason(said: string): boolean {
  return (
    said.trim() !== '' &&
    !/^(?:code|errno|syscall|path|command|cwd|dest|location|workspace|lifecycle script|error: command failed)\b|^\S*$|^a complete log/i.test(
      said,
    )
  )
}

/** Without the trace of all routines or frames that follows a panic. */
function withoutTrace(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /^goroutine \d+ .*\[.*\]:$|^stack backtrace:$/.test(line))
  return start > 0 ? lines.slice(0, start) : lines
}

/** What Gradle puts below a heading of its own. */
function wentWrong(lines: readonly string[]): string | undefined {
  const heading = lines.findLastIndex((line) => line === '* What went wrong:')
  return heading === -1 ? undefined : lines[heading + 1]
}

/** The first line of the message under Python's last traceback, when nothing but that message and noise follows. */
function tracebackMessage(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'))
  if (start === -1) return undefined
  const message = lines.findIndex((line, index) => index > start && /^\S/.test(line))
  if (message === -1) return undefined
  const blank = lines.indexOf('', message)
  const rest = blank === -1 ? [] : lines.slice(blank)
  return rest.every((line) => isNoise(line) || isWeak(line)) ? lines[message] : undefined
}

function lastReason(lines: readonly string[]): string | undefined {
  const last = lines.findLastIndex((line) => !isNoise(line) && !isWeak(line))
  if (last === -1) return lines.findLast((line) => !isNoise(line))
  const found = lines[last] ?? ''
  const head = found.slice(0, headLength)
  if (strong.test(head) || failing.test(head)) return found
  return lines.slice(Math.max(0, last - reach), last).findLast((line) => isReason(line)) ?? found
}

function isReason(line: string): boolean {
  return strong.test(line.slice(0, headLength)) && !isNoise(line) && !isWeak(line)
}

/** What is indented belongs to a line above. */
function isNoise(line: string): boolean {
  if (/^\s/.test(line)) return !/^\s+! \[(?:remote )?rejected\]|^\s*.?ERR_PNPM_/.test(line)
  return noise.some((pattern) => pattern.test(line.slice(0, headLength)))
}

function isWeak(line: string): boolean {
  return weak.some((pattern) => pattern.test(line.slice(0, headLength)))
}
