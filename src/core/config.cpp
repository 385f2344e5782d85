#include "core/config.hpp"

#include "core/http_client.hpp"
#include "lib/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <sstream>

extern char** environ;

namespace concentric {
namespace {

constexpr std::string_view prefix = "CONCENTRIC_";

struct About {
    std::string_view name, zh, en;
};

constexpr std::array abouts{
    About{"listen", "监听地址和端口", "address and port to listen at"},
    About{"data", "数据文件夹", "folder of the data"},
    About{"database", "数据库：sqlite:路径 或 postgresql://…；空则用数据文件夹中的文件",
        "sqlite:PATH or postgresql://…; empty: a file in the data folder"},
    About{"keys", "主密钥文件夹，应在数据库和备份之外另行备份；空则用数据文件夹中的 keys",
        "folder of the master key, to be backed up apart from the database; empty: keys in the data folder"},
    About{"crypto_suite", "新密钥使用的密码算法：international 或 shangmi（商用密码 SM2/SM3/SM4）",
        "algorithms of keys made from now on: international, or shangmi (SM2, SM3, SM4)"},
    About{"console", "管理端网页文件夹；空则自动查找", "folder of the web console's files; empty: looked for"},
    About{"public_url", "用户看到的网址，例如 https://example.gov.cn", "the address users see, such as https://example.gov.cn"},
    About{"trusted_proxies", "可信代理的地址，用逗号分隔",
        "addresses of proxies whose X-Forwarded-* headers count, parted by commas"},
    About{"county", "县级行政区划代码（GB/T 2260）", "the county's code (GB/T 2260)"},
    About{"log_level", "日志级别：debug、info、warning、error", "debug, info, warning or error"},
    About{"log_format", "日志格式：text 或 json", "text or json"},
    About{"log_requests", "每个请求记一行日志", "one log line a request"},
    About{"open_metrics", "允许其他机器读取 /metrics", "lets other machines read /metrics"},
    About{"io_threads", "网络线程数", "threads for the network"},
    About{"read_workers", "读取线程数", "threads that read"},
    About{"write_workers", "写入线程数（PostgreSQL）", "threads that write (PostgreSQL)"},
    About{"batch_workers", "批量写入线程数（PostgreSQL）", "threads that write batches (PostgreSQL)"},
    About{"slow_workers", "密码校验等慢操作的线程数", "threads for slow work such as passwords"},
    About{"job_workers", "后台任务线程数，另有一个专跑短任务", "threads for jobs; one more is for quick ones"},
    About{"seal_minutes", "每隔多少分钟封存一次台账和审计日志", "minutes between two sealings of the ledger and the audit log"},
    About{"read_queue", "等待读取的请求上限", "most requests that wait to read"},
    About{"write_queue", "等待写入的请求上限", "most requests that wait to write"},
    About{"slow_queue", "等待慢操作的请求上限", "most requests that wait for slow work"},
    About{"connections", "同时连接数上限", "most connections at a time"},
    About{"answer_seconds", "请求最长等待秒数", "seconds after which a request is given up"},
    About{"drain_seconds", "停止时等待请求完成的秒数", "seconds that a stop waits for open requests"},
    About{"anonymous_per_minute", "每个地址每分钟的未登录请求上限", "requests a minute from one address without log-in"},
    About{"session_days", "登录在最后一次使用后保留的天数", "days that a log-in lasts since it was last used"},
    About{"password_kibibytes", "密码散列所用内存（KiB）", "memory that hashing a password takes, in KiB"},
    About{"password_passes", "密码散列遍数", "passes that hashing a password takes"},
    About{"step_up_minutes", "再次确认身份后的有效分钟数", "minutes for which confirming who one is counts"},
    About{"second_factor_roles", "必须使用两步验证的角色，用逗号分隔", "roles that need a second factor, parted by commas"},
    About{"sso", "单点登录服务（OpenID Connect）列表，见 docs/operations.md",
        "providers of single sign-on (OpenID Connect), see docs/operations.md"},
    About{"wechat_app_id", "微信小程序 AppID；空则不用微信登录", "app id of the WeChat mini-program; empty: no log-in by WeChat"},
    About{"wechat_secret", "微信小程序 AppSecret", "app secret of the WeChat mini-program"},
    About{"wechat_address", "微信接口地址", "address of WeChat's interface"},
    About{"wechat_pay_merchant", "微信支付商户号；空则不用微信支付", "merchant number of WeChat Pay; empty: no payment by WeChat"},
    About{"wechat_pay_app_id", "与商户号绑定的 AppID；空则用 wechat_app_id", "app id bound to the merchant; empty: wechat_app_id"},
    About{"wechat_pay_serial", "商户 API 证书序列号", "serial number of the merchant's API certificate"},
    About{"wechat_pay_v3_key", "APIv3 密钥（32 个字符）", "APIv3 key, 32 characters"},
    About{"wechat_pay_platform_id", "微信支付公钥 ID（PUB_KEY_ID_…）或平台证书序列号",
        "id of WeChat Pay's public key (PUB_KEY_ID_…) or serial number of its certificate"},
    About{
        "wechat_pay_key_file", "商户 API 私钥文件（apiclient_key.pem）", "file of the merchant's private key (apiclient_key.pem)"},
    About{"wechat_pay_platform_file", "微信支付公钥或平台证书文件（PEM）", "file of WeChat Pay's public key or certificate (PEM)"},
    About{"wechat_pay_address", "微信支付接口地址", "address of WeChat Pay's interface"},
    About{"payment_check_seconds", "每隔多少秒查询一次没有结果的支付和退款",
        "seconds between two looks at payments and refunds without a result"},
    About{"sms_sender", "短信发送方式：off、log 或 http", "how short messages leave: off, log or http"},
    About{"sms_log_in", "允许短信验证码登录", "allows log-in by a code sent to the phone"},
    About{"sms_url", "短信网关网址，可含 {phone} 和 {text}", "address of the message gateway; may hold {phone} and {text}"},
    About{"sms_method", "短信网关请求方法", "HTTP method of the message gateway"},
    About{"sms_headers", "短信网关请求头，“名称: 值”，用逗号分隔",
        "headers for the message gateway, \"Name: value\", parted by commas"},
    About{"sms_body", "短信网关请求内容，可含 {phone} 和 {text}", "body for the message gateway; may hold {phone} and {text}"},
    About{"sms_secret", "短信网关签名密钥（HMAC-SHA256）；空则不签名",
        "key that signs what goes to the message gateway (HMAC-SHA256); empty: unsigned"},
    About{"sms_success", "网关答复中表示成功的文字；空则以状态码为准",
        "text in the gateway's answer that means success; empty: its status counts"},
    About{"media_megabytes", "一个课程音视频文件的大小上限（MB）", "largest file of a course, in megabytes"},
    About{"ffmpeg_folder", "ffmpeg 和 ffprobe 所在文件夹；空则按 PATH 查找",
        "folder of ffmpeg and ffprobe; empty: looked for along PATH"},
    About{"appeal_days", "对积分提出申诉的期限（天）", "days within which points may be appealed against"},
    About{"appeal_answer_days", "答复积分申诉的期限（天）", "days within which an appeal is answered"},
    About{
        "delivery_urgent_minutes", "紧急消息未读多少分钟后从平台之外告知", "minutes after which an urgent letter is told outside"},
    About{"delivery_next_minutes", "仍未读时，隔多少分钟换下一种方式", "minutes until the next way is tried while it stays unread"},
    About{"delivery_digest_time", "每日摘要的时间（北京时间），07:00 至 20:59",
        "when the daily digest goes, 07:00 to 20:59, China time"},
    About{
        "wechat_template", "订阅消息模板编号；空则不发订阅消息", "id of the subscription message's template; empty: none are sent"},
    About{"wechat_page", "订阅消息打开的小程序页面", "page of the mini-program that such a message opens"},
    About{"wechat_keywords", "模板关键词，如 thing1=text,time2=time；可用 office、title、text、count、time",
        "the template's keywords, such as thing1=text,time2=time; of office, title, text, count, time"},
    About{"wecom_corp_id", "企业微信企业编号；空则不用企业微信", "corp id of WeCom; empty: not used"},
    About{"wecom_secret", "企业微信应用密钥", "secret of the WeCom application"},
    About{"wecom_agent_id", "企业微信应用编号（AgentId）", "agent id of the WeCom application"},
    About{"wecom_address", "企业微信接口地址", "address of WeCom's interface"},
    About{"sms_delivery", "哪些未读提醒发短信：off、urgent 或 all",
        "which reminders of unread letters go by short message: off, urgent or all"},
    About{"mail_server", "邮件服务器，名称:端口；空则不发邮件", "mail server as name:port; empty: no mail"},
    About{"mail_user", "邮件服务器用户名；空则不登录", "user name at the mail server; empty: no log-in there"},
    About{"mail_password", "邮件服务器密码或授权码", "password at the mail server"},
    About{"mail_from", "发件地址", "the address that mail comes from"},
    About{"mail_security", "邮件加密：starttls、tls，内网可用 plain", "starttls or tls; plain within private networks only"},
    About{"geocoder", "用哪个服务把地址变成经纬度：off、tianditu（天地图）或 amap（高德）；各校另行决定是否使用",
        "service that finds the place of an address: off, tianditu or amap; each school decides whether it is asked"},
    About{"geocoder_address", "地址服务的网址；高德为 https://restapi.amap.com",
        "address of that service; https://restapi.amap.com for amap"},
    About{"geocoder_key", "地址服务的密钥", "key for that service"},
    About{"mail_authority", "自建邮件服务器的根证书文件；空则用系统的",
        "file of the authority that vouches for the mail server; empty: the system's"},
};

// A value as it was found, and where.
struct Found {
    std::string text, source;
};
using Values = std::map<std::string, Found>;

std::string text_of(toml::node const& node)
{
    if (auto const* text = node.as_string())
        return **text;
    if (auto const* number = node.as_integer())
        return std::to_string(**number);
    if (auto const* flag = node.as_boolean())
        return **flag ? "true" : "false";
    std::string list;
    if (auto const* array = node.as_array())
        for (auto const& item : *array)
            list += (list.empty() ? "" : ",") + text_of(item);
    return list;
}

// A list of tables ([[sso]]) is kept as JSON, in which form the environment and flags give it too.
std::string json_of(toml::array const& tables)
{
    std::ostringstream text;
    text << toml::json_formatter(tables);
    return text.str();
}

void take_table(toml::table const& table, std::string const& name_so_far, std::string const& file, Values& values)
{
    for (auto const& [key, node] : table) {
        auto const name = name_so_far + std::string(key.str());
        if (auto const* inner = node.as_table())
            take_table(*inner, name + "_", file, values);
        else if (auto const* list = node.as_array(); list && list->is_array_of_tables())
            values[name] = {json_of(*list), fmt::format("{}:{}", file, node.source().begin.line)};
        else
            values[name] = {text_of(node), fmt::format("{}:{}", file, node.source().begin.line)};
    }
}

void take_file(std::filesystem::path const& file, Values& values, std::string& faults)
{
    try {
        take_table(toml::parse_file(file.string()), "", file.string(), values);
    } catch (toml::parse_error const& error) {
        faults += fmt::format("\n  {}:{}: {}", file.string(), error.source().begin.line, error.description());
    }
}

bool is_list_of_tables(std::string_view name)
{
    auto const& type = reflect::type_of<Settings>;
    auto const* const found
        = std::find_if(type.fields, type.fields + type.count, [&](auto const& field) { return name == field.name; });
    return found != type.fields + type.count && found->type->kind == reflect::Kind::list
        && found->type->element->kind == reflect::Kind::object;
}

boost::json::value parsed_or_null(std::string const& text)
{
    boost::system::error_code failed;
    auto value = boost::json::parse(text, failed);
    return failed ? boost::json::value() : value;
}

void name_fault(std::string& faults, std::string const& source, std::string_view name, Words const& words)
{
    faults += fmt::format("\n  {}: {}: {} {}", source, name, words.zh, words.en);
}

} // namespace

std::optional<Words> SiteAddress::check(std::string_view text)
{
    auto const host = text.find("://");
    bool const good
        = text.empty() || ((text.starts_with("http://") || text.starts_with("https://")) && text.find('/', host + 3) == text.npos);
    return good ? std::nullopt
                : std::optional(Words{"请填写网址，例如 https://example.gov.cn，末尾不带斜杠。",
                    "Give an address such as https://example.gov.cn, without a slash at its end."});
}

std::optional<Words> ClockTime::check(std::string_view text)
{
    auto const is_digit = [&](std::size_t place) { return text[place] >= '0' && text[place] <= '9'; };
    bool const has_form
        = text.size() == 5 && text[2] == ':' && is_digit(0) && is_digit(1) && is_digit(3) && text[3] < '6' && is_digit(4);
    if (has_form && text >= "07:00" && text < "21:00")
        return std::nullopt;
    return Words{"请填写 07:00 至 20:59 之间的时间。", "Give a time from 07:00 to 20:59."};
}

std::int64_t ClockTime::minutes() const { return std::stoll(substr(0, 2)) * 60 + std::stoll(substr(3)); }

std::optional<Words> ServiceAddress::check(std::string_view text) { return http::fault_of_address(text); }

std::string Settings::database_or_default() const
{
    return database.empty() ? "sqlite:" + (std::filesystem::path(data.c_str()) / "concentric.db").string() : database;
}

std::filesystem::path Settings::keys_or_default() const
{
    return keys.empty() ? std::filesystem::path(data.c_str()) / "keys" : std::filesystem::path(keys.c_str());
}

Words about_setting(std::string_view name)
{
    auto const found = std::find_if(abouts.begin(), abouts.end(), [&](About const& about) { return about.name == name; });
    return found == abouts.end() ? Words{} : Words{std::string(found->zh), std::string(found->en)};
}

std::map<std::string, std::string> settings_environment()
{
    std::map<std::string, std::string> found;
    for (char** each = environ; *each; ++each) {
        std::string_view const line = *each;
        auto const name = line.substr(0, line.find('='));
        if (name.starts_with(prefix) && !name.starts_with("CONCENTRIC_TEST_") && name != "CONCENTRIC_CONFIG")
            found[std::string(name)] = line.substr(std::min(name.size() + 1, line.size()));
    }
    return found;
}

Settings read_settings(SettingSources const& sources)
{
    Values values;
    std::string faults;
    if (!sources.file.empty())
        take_file(sources.file, values, faults);
    for (auto const& [name, text] : sources.environment)
        values[lib::to_lower_ascii(std::string_view(name).substr(prefix.size()))] = {text, name};
    for (auto const& [name, text] : sources.flags)
        values[name] = {text, "command line"};

    Settings settings;
    boost::json::object texts;
    auto structured = boost::json::parse(to_json(settings));
    for (auto const& [name, found] : values)
        if (about_setting(name).en.empty())
            name_fault(faults, found.source, name, {"没有这个设置。", "There is no such setting."});
        else if (is_list_of_tables(name))
            structured.as_object()[name] = parsed_or_null(found.text);
        else
            texts[name] = found.text;
    Problems problems;
    reflect::read_request(texts, structured, reflect::type_of<Settings>, &settings, problems);
    for (auto const& problem : problems) {
        auto const name = problem.path.substr(1, problem.path.find('/', 1) - 1);
        name_fault(faults, values[name].source, name, problem.words);
    }
    if (!faults.empty())
        throw std::runtime_error("设置有误 / the settings have faults:" + faults);
    return settings;
}

} // namespace concentric
