import type { aws_ssm as ssm } from 'aws-cdk-lib';
import type { SwitchPlan } from './freeze-plan';

/** Options of {@link FreezeSwitch.parameter}. */
export interface FreezeParameterOptions {
  /**
   * Name of the parameter. It must begin with `/` when it holds one, and be concrete. Changing it makes a new parameter, which is open.
   *
   * @default - `/release-freeze/<a name made of the stack and the path of the construct>/switch`
   */
  readonly parameterName?: string;
}

/**
 * What tells a {@link ReleaseFreeze} that releases are frozen.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 *
 * @example
 * new ReleaseFreeze(this, 'Freeze', {
 *   switchedBy: FreezeSwitch.changeCalendar(['company-holidays', 'black-friday']),
 * });
 */
export class FreezeSwitch {
  /**
   * A new parameter of Systems Manager: `open`, or `frozen` with the reason behind it. People write it, and what they wrote last counts: no
   * deployment of the stack thaws a freeze, unless it makes another parameter. It is a standard parameter and costs nothing.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
   */
  public static parameter(options: FreezeParameterOptions = {}): FreezeSwitch {
    return new FreezeSwitch({ kind: 'new-parameter', parameterName: options.parameterName });
  }

  /**
   * A parameter that exists: that of another freeze, say, in another stack. It must be of the type String, and in the account and region of the
   * freeze.
   *
   * @param parameter e.g. `ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')`
   */
  public static existingParameter(parameter: ssm.IParameter): FreezeSwitch {
    return new FreezeSwitch({ kind: 'parameter', parameter });
  }

  /**
   * Change calendars of Systems Manager: releases are frozen while one of them is closed. Whoever may change their entries plans a freeze ahead.
   *
   * @param calendars names of calendars in the account and region of the freeze, or ARNs, also of calendars that another account shares. A token
   * counts as a name. At least one
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html
   */
  public static changeCalendar(calendars: string[]): FreezeSwitch {
    return new FreezeSwitch({ kind: 'calendars', calendars });
  }

  private constructor(private readonly plan: SwitchPlan) {}

  /** @internal */
  public _plan(): SwitchPlan {
    return this.plan;
  }
}
