// Runs in CloudFront (runtime cloudfront-js-2.0) for every viewer request. SETTINGS is defined before this file.

/** Returns the path of the file for a request. A URL without a file name is a page. */
function route(uri) {
  var name = uri.substring(uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') >= 0) return uri;
  if (SETTINGS.singlePage) return '/index.html';
  return uri + (name === '' ? '' : '/') + 'index.html';
}
