// For sites whose releases have a folder each: the key value store names the live one.
import cf from 'cloudfront';

const store = cf.kvs();
const immutable = new RegExp(SETTINGS.immutable);

async function handler(event) {
  var request = event.request;
  // Files with hashed names are shared by all releases, so that a page opened before a release finds its parts after it.
  if (immutable.test(request.uri.substring(1))) return request;
  var uri = route(request.uri);
  try {
    request.uri = '/.releases/' + (await store.get('release')) + uri;
  } catch (error) {
    request.uri = uri; // nothing was released yet: the answer is 404
  }
  return request;
}
