// Shows notifications where pages may not do it themselves, as on Android. There is no fetch handler: this worker
// sees no request and keeps nothing.
addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.path))
})

async function open(path) {
  const [page] = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (page === undefined) return clients.openWindow(path)
  page.postMessage({ open: path })
  return page.focus()
}
