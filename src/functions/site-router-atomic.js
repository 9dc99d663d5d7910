// Routes requests of sites with a folder for each release. The key value store contains the name of the live one.
import cf from 'cloudfront';

const store = cf.kvs();

async function handler(event) {
  var request = event.request;
  // All releases share files with hashed names, so that a page from before a release can load its parts afterwards.
  if (isImmutable(request.uri)) return request;
  var uri = route(request.uri);
  try {
    request.uri = '/.releases/' + (await store.get('release')) + uri;
  } catch (error) {
    request.uri = uri; // nothing is released yet, so the response is 404
  }
  return request;
}
