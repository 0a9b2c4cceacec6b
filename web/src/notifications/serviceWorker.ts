/** Notifications by the service worker in public/notifier.js, for browsers that give pages none of their own. */

interface Told {
  body: string
  icon: string
  tag: string
}

let isListening = false

/** Nothing happens where the browser refuses the worker: without a certificate that it trusts, for one. */
export async function showByWorker(title: string, told: Told, path: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  if (!isListening) navigator.serviceWorker.addEventListener('message', pass)
  isListening = true
  await navigator.serviceWorker.register('/notifier.js')
  const worker = await navigator.serviceWorker.ready
  await worker.showNotification(title, { ...told, data: { path } })
}

export async function closeAll(): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration('/notifier.js')
  for (const notification of (await worker?.getNotifications()) ?? []) notification.close()
}

/** A click comes back as those of the desktop window do. */
function pass({ data }: MessageEvent<{ open: string }>): void {
  dispatchEvent(new CustomEvent('lanchat:open', { detail: data.open }))
}
