import { shellWord } from '../../core/shell-word.ts'
import type { Spawn } from '../../process/spawn.ts'

/** What the shell in a sandbox is told before it becomes the program. */
export interface InnerCommand {
  readonly spawn: Spawn
  /** Ports of the machine's loopback that answer inside at the same address. */
  readonly ports: readonly number[]
  /** An assignment by which the driver tells the program, and what it starts, from what stands around it. */
  readonly mark: string
  /** Variables that the sandbox runtime sets to places of its own, and that are the attempt's. */
  readonly restored: Readonly<Record<string, string>>
}

/**
 * The command of a sandbox, for bash. Its network namespace has a loopback of its own: each port of ours has a relay there, which goes out by the
 * proxy that stands on port 3128 inside and asks whether it may.
 */
export function innerCommand({ spawn, ports, mark, restored }: InnerCommand): string {
  const relays =
    ports.length === 0
      ? []
      : [
          // http://user:word@localhost:3128
          'proxy=${HTTP_PROXY:-$http_proxy}; proxy=${proxy#*://}; login=',
          'case $proxy in *@*) login=,proxyauth=${proxy%@*} ;; esac',
          ...ports.flatMap((port) => [
            `(socat TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr "PROXY:127.0.0.1:127.0.0.1:${port},proxyport=3128$login" > /dev/null 2>&1 &)`,
          ]),
          ...ports.map((port) => {
            const listening = `:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
            return `for _ in {1..100}; do grep -q ${shellWord(listening)} /proc/net/tcp && break; sleep 0.02; done`
          }),
        ]
  const assignments = Object.entries(restored).map(([name, value]) => `${name}=${shellWord(value)}`)
  return [
    ...relays,
    `cd ${shellWord(spawn.cwd)} || exit 126`,
    ['exec', 'env', shellWord(mark), ...assignments, ...spawn.argv.map(shellWord)].join(' '),
  ].join('\n')
}
