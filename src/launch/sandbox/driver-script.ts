/**
 * The program that carries one sandbox: it is started where nothing is confined yet, has the sandbox runtime wrap the command, and sees it to its end. It stays
 * outside, because the proxies through which the inside reaches its hosts are its own. A TERM goes to the program inside and not to what stands around it, which
 * would have the kernel kill everything at once.
 */
export const driverScript = `import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const { library, settings, command, mark } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { SandboxManager } = await import(library)

const inside = () =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\\d+$/.test(pid) && readFileSync('/proc/' + pid + '/environ', 'latin1').includes(mark)
    } catch {
      return false
    }
  })

let child
let asked = false
process.on('SIGTERM', () => {
  asked = true
  const found = child === undefined ? [] : inside()
  for (const pid of found)
    try {
      process.kill(Number(pid), 'SIGTERM')
    } catch {}
  if (found.length === 0) end(143)
})

function end(code) {
  try {
    if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {}
  process.exit(code)
}

try {
  await SandboxManager.initialize(settings)
  const wrapped = await SandboxManager.wrapWithSandbox(command)
  if (asked) end(143)
  child = spawn('/bin/sh', ['-c', wrapped], { stdio: 'inherit', detached: true })
  child.on('error', (error) => {
    process.stderr.write('sandbox: ' + error.message + '\\n')
    end(125)
  })
  child.on('exit', (code, signal) => {
    SandboxManager.cleanupAfterCommand()
    end(signal === null ? (code ?? 1) : 137)
  })
} catch (error) {
  process.stderr.write('sandbox: ' + (error instanceof Error ? error.message : String(error)) + '\\n')
  end(125)
}
`
