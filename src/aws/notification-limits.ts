import { type NameRule, STEP_NAME } from './limits';

/** Limits of notification rules. @see https://docs.aws.amazon.com/dtconsole/latest/userguide/limits.html */
export const NOTIFICATION_LIMITS = {
  rulesPerPipeline: 10,
  targetsPerRule: 10,
  ruleNameLength: 64,
  /**
   * @see
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
   */
  configurationNameLength: 128,
} as const;

/**
 * Lists the IDs of the events of pipelines in notification rules.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#events-ref-pipeline
 */
export const PIPELINE_EVENTS: readonly string[] = [
  ...events('action-execution', 'started succeeded failed canceled'),
  ...events('stage-execution', 'started succeeded resumed canceled failed'),
  ...events('pipeline-execution', 'started succeeded failed canceled resumed superseded'),
  ...events('manual-approval', 'needed succeeded failed'),
];

function events(subject: string, states: string): string[] {
  return states.split(' ').map((state) => `codepipeline-pipeline-${subject}-${state}`);
}

/** The name of the topic of an email notification, which is also a construct id. */
export const AUDIENCE: NameRule = {
  pattern: /^[A-Za-z0-9]+$/,
  maxLength: 40,
  description: 'letters and digits',
  reserved: STEP_NAME.reserved,
};

/**
 * Matches common email addresses. SNS validates them. They must not contain a slash, because the address becomes a
 * construct id.
 */
export const EMAIL_ADDRESS: NameRule = {
  pattern: /^[^\s@\/,;<>"]+@[^\s@\/,;<>".]+(\.[^\s@\/,;<>".]+)+$/,
  maxLength: 254,
  description: 'a name, @ and a domain',
};

/**
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
 */
export const SLACK_WORKSPACE_ID: NameRule = {
  pattern: /^[0-9A-Z]+$/,
  maxLength: 255,
  description: 'capital letters and digits',
};
export const SLACK_CHANNEL_ID: NameRule = {
  pattern: /^[A-Za-z0-9]+$/,
  maxLength: 255,
  description: 'letters and digits',
};

/**
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-microsoftteamschannelconfiguration.html
 */
export const MICROSOFT_ID: NameRule = {
  pattern: /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  maxLength: 36,
  description: "32 hexadecimal digits with '-' after the 8th, 12th, 16th and 20th",
};
export const TEAMS_CHANNEL_ID: NameRule = {
  pattern: /^[a-zA-Z0-9_=+\/.,-]*%3[aA][a-zA-Z0-9_=+\/.,-]*%40[a-zA-Z0-9_=+\/.,-]*$/,
  maxLength: 256,
  description: "letters, digits and '_=+/.,-' with one %3a and one %40",
};
export const CHAT_CONFIGURATION_ARN: NameRule = {
  pattern:
    /^arn:aws(-[a-z]+)*:chatbot:[a-z\d-]*:\d{12}:chat-configuration\/(?!(slack-channel|chime-webhook)\/)[\w\/-]+$/,
  maxLength: 1169,
  description: 'arn:…:chatbot:…:chat-configuration/… of a Microsoft Teams channel',
};

/** Limits of the monitoring of a pipeline. */
export const MONITORING_LIMITS = {
  /** The interval at which the monitoring function polls executions in progress. */
  pollIntervalMinutes: 15,
  /**
   * The maximum number of bytes of the list of environments. A function has at most 4 KB of environment variables.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  stagesBytes: 3000,
} as const;
