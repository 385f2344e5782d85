// What WeChat's own browser offers to a page, to pay without leaving it.
// https://pay.weixin.qq.com/doc/v3/merchant/4012791857
import type { Out } from '@concentric/api-client'

type Call = NonNullable<Out<'POST /training-orders/{id}/payments'>['wechat_call']>
interface Bridge {
  invoke(name: string, parameters: Record<string, string>, answer: (said: { err_msg: string }) => void): void
}

const bridge = () => (window as { WeixinJSBridge?: Bridge }).WeixinJSBridge

export const is_within_wechat = () => bridge() !== undefined

/** Whether the payer went through with it; whether it was paid, WeChat tells the server. */
export function pay_within_wechat(call: Call): Promise<boolean> {
  return new Promise((done) =>
    bridge()!.invoke(
      'getBrandWCPayRequest',
      {
        appId: call.app_id,
        timeStamp: call.time_stamp,
        nonceStr: call.nonce,
        package: call.package,
        signType: call.sign_type,
        paySign: call.pay_sign,
      },
      ({ err_msg }) => done(err_msg === 'get_brand_wcpay_request:ok'),
    ),
  )
}
