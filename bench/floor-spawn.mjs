/** The floor of every spawn figure: `node floor-spawn.mjs COUNT PARALLEL` starts /bin/true with two pipes and nothing else. */
import { spawn } from 'node:child_process'

const [count, parallel] = process.argv.slice(2).map(Number)
let started = 0
function next() {
  if (started++ >= count) return
  const child = spawn('/bin/true', [], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.resume()
  child.stderr.resume()
  child.on('close', next)
}
for (let slot = 0; slot < parallel; slot++) next()
