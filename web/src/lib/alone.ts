/** Work that one tab of this browser does at a time. */

/** Waits until no other tab does what has this name. Over plain HTTP browsers can't tell: then it begins at once. */
export async function alone<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const locks = navigator.locks as LockManager | undefined
  if (locks === undefined) return work()
  let hasBegun = false
  const begin = () => {
    hasBegun = true
    return work()
  }
  try {
    return await locks.request(name, signal === undefined ? {} : { signal }, begin)
  } catch (reason) {
    // A browser that blocks all storage refuses locks as well.
    if (hasBegun || signal?.aborted) throw reason
    return work()
  }
}
