/** Lists the kinds of resources of the samples, with the patterns of their ARNs. */
const KINDS: Readonly<Record<string, RegExp>> = {
  alarm: /:cloudwatch:.*:alarm:/,
  // CodeDeploy, AppConfig
  application: /:codedeploy:.*:application:|:appconfig:.*:application\/[^/]+$/,
  'application/*': /:appconfig:.*:application\/[^/]+\//,
  bucket: /^arn:aws:s3:::[^/]+$/,
  cluster: /:eks:.*:cluster\//,
  connection: /:connection\//,
  deploymentconfig: /:codedeploy:.*:deploymentconfig:/,
  deploymentgroup: /:codedeploy:.*:deploymentgroup:/,
  deploymentstrategy: /:appconfig:.*:deploymentstrategy\//,
  document: /:ssm:.*:document\//,
  execution: /:states:.*:execution:/,
  function: /:lambda:.*:function:[^:]+$/,
  'function:*': /:lambda:.*:function:[^:]+:/,
  instance: /:ec2:.*:instance\//,
  key: /:kms:.*:key\//,
  // What makes a stream or writes to it requires permission on the stream, which the ARN of a group represents in
  // policies.
  'log-group': /:logs:.*:log-group:/,
  'log-group:*': /:logs:.*:log-group:[^:]+:/,
  'log-stream': /:logs:.*:log-group:[^:]+:log-stream:./,
  'network-interface': /:ec2:.*:network-interface\//,
  object: /^arn:aws:s3:::[^/]+\/./,
  parameter: /:ssm:.*:parameter\//,
  pipeline: /:codepipeline:[^:]+:\d+:[^/]+$/,
  project: /:codebuild:.*:project\//,
  'public repository': /:ecr-public::\d+:repository\//,
  'report-group': /:codebuild:.*:report-group\//,
  repository: /:codecommit:[^:]+:\d+:[^/]+$|:ecr:[^:]+:\d+:repository\//,
  role: /:iam::\d+:role\//,
  secret: /:secretsmanager:.*:secret:/,
  service: /:ecs:.*:service\//,
  stack: /:cloudformation:.*:stack\//,
  stackset: /:cloudformation:.*:stackset\//,
  stateMachine: /:states:.*:stateMachine:/,
  targetgroup: /:elasticloadbalancing:.*:targetgroup\//,
  'task-definition': /:ecs:.*:task-definition\//,
  // A statement on everything is about any resource.
  '*': /./,
  unstated: /./,
};

/** Returns whether an ARN is of one of several kinds, which the samples join as in `bucket|object`. */
export function isOfKind(kinds: string, arn: string): boolean {
  return kinds.split('|').some((kind) => {
    if (!Object.hasOwn(KINDS, kind)) throw new Error(`the kind of resource '${kind}' has no pattern`);
    return KINDS[kind].test(arn);
  });
}
