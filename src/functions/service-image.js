// Creates and deletes the parameter with the live image of a service, for a custom resource of CloudFormation. It
// writes the placeholder when it creates the parameter, and nothing afterwards, because pipelines write the images.
//
// Properties of the resource: Name, Placeholder and Description. Updates ignore the last two.
const https = require('node:https');
const { SSMClient, PutParameterCommand, DeleteParameterCommand } = require('@aws-sdk/client-ssm');

const ssm = new SSMClient();
const NOT_CREATED = 'not-created';
const RETRIES = 12;
const WAIT_MS = Number(process.env.WAIT_MS ?? 5000);

// A new permission may take some seconds to become effective.
async function whenAllowed(call, retries = RETRIES) {
  try {
    return await call();
  } catch (error) {
    if (error.name !== 'AccessDeniedException' || retries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    return whenAllowed(call, retries - 1);
  }
}

async function create({ Name, Placeholder: Value, Description }) {
  const command = new PutParameterCommand({ Name, Value, Description, Type: 'String', Overwrite: false });
  await whenAllowed(() => ssm.send(command));
  return Name;
}

// CloudFormation also deletes a resource whose creation failed. The existing parameter may have another owner, so the
// resource then has another id.
async function remove(Name) {
  if (Name === NOT_CREATED) return;
  try {
    await ssm.send(new DeleteParameterCommand({ Name }));
  } catch (error) {
    if (error.name !== 'ParameterNotFound') throw error;
  }
}

async function handle({ RequestType, ResourceProperties, PhysicalResourceId }) {
  if (RequestType === 'Create') return create(ResourceProperties);
  if (RequestType === 'Delete') await remove(PhysicalResourceId);
  return PhysicalResourceId;
}

function respond(event, PhysicalResourceId, Status, Reason) {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const body = JSON.stringify({ Status, Reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = https.request(ResponseURL, { method: 'PUT', headers }, (response) => {
      response.resume();
      if (response.statusCode < 400) resolve();
      else reject(new Error(`CloudFormation rejected the response: ${response.statusCode}`));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const outcomeOf = (event) => handle(event).then(
  (id) => [id, 'SUCCESS'],
  (error) => [event.PhysicalResourceId ?? NOT_CREATED, 'FAILED', `${error.name}: ${error.message}`],
);

exports.handler = async (event) => respond(event, ...await outcomeOf(event));
