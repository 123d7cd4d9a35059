/**
 * What a service answers, or an error that says how long it was silent: the clients of Actions have limits of their own, of minutes, and tries again at
 * each of their requests. What is late is dropped; a client that still holds on to it keeps no step alive, because a step ends its process.
 */
export async function answeredWithin<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new SilentServiceError(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(limit)
  }
}

/** A service did not answer in the time that it had. */
export class SilentServiceError extends Error {
  override readonly name = 'SilentServiceError'
}
