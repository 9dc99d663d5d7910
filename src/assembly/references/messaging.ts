import { global, regional, type ReferenceTable } from './reference';

/** Lists the resource types for events, messages, schedules, logs and alarms. */
export const MESSAGING: ReferenceTable = {
  'AWS::SNS::Topic': {
    name: 'TopicName',
    maxLength: 256,
    arn: regional('sns', '{name}'),
    ref: '{arn}',
    attributes: { TopicArn: '{arn}', TopicName: '{name}' },
  },
  'AWS::SNS::Subscription': { placeholders: 'uuid', arn: '{prop:TopicArn}:{name}', ref: '{arn}' },
  'AWS::SNS::TopicPolicy': { attributes: { Id: '{name}' } },

  'AWS::SQS::Queue': {
    name: 'QueueName',
    maxLength: 80,
    arn: regional('sqs', '{name}'),
    ref: 'https://sqs.{region}.{dns}/{account}/{name}',
    attributes: { QueueName: '{name}', QueueUrl: '{ref}' },
  },
  'AWS::SQS::QueuePolicy': { attributes: { Id: '{name}' } },

  // EventBusName may be a name or an ARN. On a bus other than the default one, `Ref` also contains the bus.
  'AWS::Events::Rule': {
    name: 'Name',
    maxLength: 64,
    arn: regional('events', 'rule/{dirOf:EventBusName}{name}'),
    ref: '{barOf:EventBusName}{name}',
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    maxLength: 256,
    arn: regional('events', 'event-bus/{name}'),
    attributes: { Name: '{name}' },
  },
  'AWS::Events::EventBusPolicy': { ref: '{unknown}' },
  'AWS::Events::Connection': {
    name: 'Name',
    maxLength: 64,
    arn: regional('events', 'connection/{name}/{uuid}'),
    attributes: { ArnForPolicy: regional('events', 'connection/{name}') },
  },
  'AWS::Events::ApiDestination': {
    name: 'Name',
    maxLength: 64,
    arn: regional('events', 'api-destination/{name}/{uuid}'),
    attributes: { ArnForPolicy: regional('events', 'api-destination/{name}') },
  },
  'AWS::Events::Archive': { name: 'ArchiveName', maxLength: 48, arn: regional('events', 'archive/{name}') },
  'AWS::Pipes::Pipe': { name: 'Name', maxLength: 64, arn: regional('pipes', 'pipe/{name}') },

  'AWS::Scheduler::Schedule': {
    name: 'Name',
    maxLength: 64,
    arn: regional('scheduler', 'schedule/{prop:GroupName|default}/{name}'),
  },
  'AWS::Scheduler::ScheduleGroup': { name: 'Name', maxLength: 64, arn: regional('scheduler', 'schedule-group/{name}') },

  // The last two characters of the attribute select the streams.
  'AWS::Logs::LogGroup': { name: 'LogGroupName', maxLength: 512, arn: regional('logs', 'log-group:{name}:*') },
  'AWS::Logs::LogStream': {
    name: 'LogStreamName',
    maxLength: 512,
    arn: regional('logs', 'log-group:{prop:LogGroupName}:log-stream:{name}'),
  },
  'AWS::Logs::Destination': { name: 'DestinationName', maxLength: 512, arn: regional('logs', 'destination:{name}') },
  'AWS::Logs::MetricFilter': { name: 'FilterName', maxLength: 512, ref: '{unknown}' },
  'AWS::Logs::SubscriptionFilter': { name: 'FilterName', maxLength: 512 },
  'AWS::Logs::ResourcePolicy': { name: 'PolicyName' },
  'AWS::Logs::QueryDefinition': { placeholders: 'uuid', attributes: { QueryDefinitionId: '{name}' } },

  'AWS::CloudWatch::Alarm': { name: 'AlarmName', maxLength: 255, arn: regional('cloudwatch', 'alarm:{name}') },
  'AWS::CloudWatch::CompositeAlarm': { name: 'AlarmName', maxLength: 255, arn: regional('cloudwatch', 'alarm:{name}') },
  'AWS::CloudWatch::Dashboard': {
    name: 'DashboardName',
    maxLength: 255,
    arn: global('cloudwatch', 'dashboard/{name}'),
  },
  'AWS::CloudWatch::InsightRule': {
    name: 'RuleName',
    arn: regional('cloudwatch', 'insight-rule/{name}'),
    ref: '{arn}',
    attributes: { RuleName: '{name}' },
  },
  'AWS::CloudWatch::MetricStream': {
    name: 'Name',
    maxLength: 255,
    arn: regional('cloudwatch', 'metric-stream/{name}'),
  },

  'AWS::CloudTrail::Trail': { name: 'TrailName', maxLength: 128, arn: regional('cloudtrail', 'trail/{name}') },
  'AWS::Synthetics::Canary': { name: 'Name', maxLength: 255, arn: regional('synthetics', 'canary:{name}') },
};
