import type { Server } from 'node:http'

/** How long an idle connection is kept, milliseconds. */
const keepAliveMs = 60_000

/** Lets a server listen on a free port of 127.0.0.1, which is returned; requests may take as long as they do. Rejects with the system's error. */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.requestTimeout = 0
  server.keepAliveTimeout = keepAliveMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
