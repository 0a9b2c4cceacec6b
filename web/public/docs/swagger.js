// `validatorUrl` and `oauth2RedirectUrl` are off: the first would ask a server on the internet.
window.SwaggerUIBundle({
  dom_id: '#api',
  url: '/openapi.json',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
  oauth2RedirectUrl: null,
})
