// Runs in CloudFront (runtime cloudfront-js-2.0) on every request of a viewer. SETTINGS is put in front of this file.

/** The file that answers a request: an address without a file name means a page. */
function route(uri) {
  var name = uri.substring(uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') >= 0) return uri;
  if (SETTINGS.singlePage) return '/index.html';
  return uri + (name === '' ? '' : '/') + 'index.html';
}
