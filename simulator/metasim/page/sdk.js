// As much of Meta's JavaScript SDK as Embedded Signup needs: FB.init and FB.login with a popup.
// Source: WhatsApp Cloud API reference, 8.16 "Embedded Signup".
const base = new URL(document.currentScript.src).origin
let appId = ''
let version = 'v25.0'

window.FB = {
  init(options) {
    appId = options.appId
    version = options.version || version
  },
  login(callback, options = {}) {
    const query = new URLSearchParams({
      client_id: appId,
      display: 'popup',
      response_type: 'code',
      origin: window.location.origin,
      config_id: options.config_id || '',
    })
    const popup = window.open(`${base}/${version}/dialog/oauth?${query}`, 'login', 'width=520,height=640')
    const hear = (event) => {
      if (event.source !== popup || event.data?.source !== 'metasim-login') return
      window.removeEventListener('message', hear)
      callback(event.data.answer)
    }
    window.addEventListener('message', hear)
  },
}
window.fbAsyncInit?.()
