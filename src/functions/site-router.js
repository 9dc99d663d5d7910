// Routes requests of sites that are released in place.

function handler(event) {
  var request = event.request;
  request.uri = route(request.uri);
  return request;
}
