#pragma once

#include "core/crypto_suite.hpp"
#include "core/fields.hpp"
#include "core/log.hpp"

#include <filesystem>
#include <map>

// How an installation is set up: one file, the environment and flags together say where it listens, where its data lies and what it
// may use.
namespace concentric {

// "https://jiaolianti.example.gov.cn", without a path; empty while nobody says so.
struct SiteAddress : std::string {
    using std::string::string;
    static constexpr char const* schema = R"({"type":"string","format":"uri"})";
    static std::optional<Words> check(std::string_view text);
};

// Another server that this one asks: "https://api.weixin.qq.com", with or without a path. Plain http only within a private network.
struct ServiceAddress : std::string {
    using std::string::string;
    static constexpr char const* schema = R"({"type":"string","format":"uri"})";
    static std::optional<Words> check(std::string_view text);
};

// What of an account a single sign-on provider's claim must be equal to.
enum class SsoMatch { user_name, phone, staff_number };
BOOST_DESCRIBE_ENUM(SsoMatch, user_name, phone, staff_number)

// A provider of single sign-on (OpenID Connect), as a bureau runs one: a [[sso]] table of the settings file.
struct SsoProvider {
    Text<1, 40> id; // in addresses, never shown
    Text<1, 60> name_zh, name_en; // on the button
    ServiceAddress issuer;
    Text<1, 200> client_id;
    Text<1, 500> client_secret;
    Text<1, 100> claim; // such as "preferred_username" or "phone_number"
    SsoMatch match = SsoMatch::user_name;
    std::vector<std::string> roles; // who may come in by it; empty: everybody
};
BOOST_DESCRIBE_STRUCT(SsoProvider, (), (id, name_zh, name_en, issuer, client_id, client_secret, claim, match, roles))

// How short messages leave: not at all, into the log (to try things out), or through a gateway that speaks HTTP.
enum class SmsSender { off, log, http };
BOOST_DESCRIBE_ENUM(SmsSender, off, log, http)

// Which messages about the inbox go to telephones: none, urgent ones, or the daily digest too. Codes for logging in go in any case.
enum class SmsDelivery { off, urgent, all };
BOOST_DESCRIBE_ENUM(SmsDelivery, off, urgent, all)

// How a mail server is spoken to; plain only within a private network.
enum class MailSecurity { starttls, tls, plain };
BOOST_DESCRIBE_ENUM(MailSecurity, starttls, tls, plain)

// A time of the day at which nobody sleeps, "07:00" to "20:59".
struct ClockTime : std::string {
    using std::string::string;
    static constexpr char const* schema = R"({"type":"string","pattern":"^[0-9]{2}:[0-9]{2}$"})";
    static std::optional<Words> check(std::string_view text);
    std::int64_t minutes() const; // since midnight
};

// How people hear outside of the platform of what lies unread.
struct DeliverySettings {
    Within<0, 1440> delivery_urgent_minutes{2}, delivery_next_minutes{15};
    ClockTime delivery_digest_time{"18:30"};
    Text<0, 100> wechat_template, wechat_page;
    std::vector<std::string> wechat_keywords;
    Text<0, 64> wecom_corp_id, wecom_secret;
    Within<0, 999'999'999> wecom_agent_id{0};
    ServiceAddress wecom_address{"https://qyapi.weixin.qq.com"};
    SmsDelivery sms_delivery = SmsDelivery::off;
    Text<0, 200> mail_server, mail_user, mail_password, mail_from;
    MailSecurity mail_security = MailSecurity::starttls;
    Text<0, 1000> mail_authority;
};
BOOST_DESCRIBE_STRUCT(DeliverySettings, (),
    (delivery_urgent_minutes, delivery_next_minutes, delivery_digest_time, wechat_template, wechat_page, wechat_keywords,
        wecom_corp_id, wecom_secret, wecom_agent_id, wecom_address, sms_delivery, mail_server, mail_user, mail_password, mail_from,
        mail_security, mail_authority))

// How fees can be paid besides bank transfers; part of the list below.
struct PaymentSettings {
    Text<0, 32> wechat_pay_merchant, wechat_pay_app_id;
    Text<0, 64> wechat_pay_serial, wechat_pay_v3_key, wechat_pay_platform_id;
    Text<0, 1000> wechat_pay_key_file, wechat_pay_platform_file;
    ServiceAddress wechat_pay_address{"https://api.mch.weixin.qq.com"};
    Within<1, 3600> payment_check_seconds{60};
};
BOOST_DESCRIBE_STRUCT(PaymentSettings, (),
    (wechat_pay_merchant, wechat_pay_app_id, wechat_pay_serial, wechat_pay_v3_key, wechat_pay_platform_id, wechat_pay_key_file,
        wechat_pay_platform_file, wechat_pay_address, payment_check_seconds))

// Which service finds the place of an address: none, 天地图 or 高德.
enum class GeocoderKind { off, tianditu, amap };
BOOST_DESCRIBE_ENUM(GeocoderKind, off, tianditu, amap)

// How addresses become places on the map; part of the list below.
struct MapSettings {
    GeocoderKind geocoder = GeocoderKind::off;
    ServiceAddress geocoder_address{"https://api.tianditu.gov.cn"};
    Text<0, 200> geocoder_key;
};
BOOST_DESCRIBE_STRUCT(MapSettings, (), (geocoder, geocoder_address, geocoder_key))

// The list of all settings. The same name stands in the file (`listen = "…"`, or `[log] level = "…"` for log_level), in the
// environment (CONCENTRIC_LISTEN) and as a flag (--listen).
struct Settings : PaymentSettings, DeliverySettings, MapSettings {
    Text<1, 200> listen{"127.0.0.1:8080"};
    Text<1, 1000> data{"var"};
    std::string database;
    Text<0, 1000> keys;
    crypto::Suite crypto_suite = crypto::Suite::international;
    Text<0, 1000> console;
    SiteAddress public_url;
    std::vector<std::string> trusted_proxies;
    Within<1, 999'999> county{510'164};
    LogLevel log_level = LogLevel::info;
    LogFormat log_format = LogFormat::text;
    bool log_requests = true;
    bool open_metrics = false;
    Within<1, 64> io_threads{2};
    Within<1, 256> read_workers{2};
    Within<1, 256> write_workers{8};
    Within<1, 16> batch_workers{2};
    Within<1, 16> slow_workers{1};
    Within<1, 16> job_workers{2}; // one county's long import must not keep another job waiting
    Within<1, 1440> seal_minutes{10};
    Within<1, 1'000'000> read_queue{4096};
    Within<1, 1'000'000> write_queue{4096};
    Within<1, 10'000> slow_queue{64};
    Within<1, 1'000'000> connections{20'000};
    Within<1, 600> answer_seconds{30};
    Within<1, 600> drain_seconds{8};
    Within<1, 1'000'000> anonymous_per_minute{120};
    Within<1, 366> session_days{30};
    Within<8, 4'194'304> password_kibibytes{19'456};
    Within<1, 20> password_passes{2};
    Within<1, 1440> step_up_minutes{10};
    std::vector<std::string> second_factor_roles;
    std::vector<SsoProvider> sso;
    Text<0, 64> wechat_app_id, wechat_secret;
    ServiceAddress wechat_address{"https://api.weixin.qq.com"};
    SmsSender sms_sender = SmsSender::off;
    bool sms_log_in = false;
    Text<0, 500> sms_url;
    Text<0, 10> sms_method{"POST"};
    std::vector<std::string> sms_headers;
    Text<0, 2000> sms_body;
    Text<0, 200> sms_secret, sms_success;
    Within<1, 20'000> media_megabytes{1000};
    Text<0, 1000> ffmpeg_folder;
    Within<1, 366> appeal_days{60}, appeal_answer_days{15};

    // `database`, or the file in the data folder that is used when nothing is said.
    std::string database_or_default() const;
    // `keys`, or the folder in the data folder.
    std::filesystem::path keys_or_default() const;
};
BOOST_DESCRIBE_STRUCT(Settings, (PaymentSettings, DeliverySettings, MapSettings),
    (listen, data, database, keys, crypto_suite, console, public_url, trusted_proxies, county, log_level, log_format, log_requests,
        open_metrics, io_threads, read_workers, write_workers, batch_workers, slow_workers, job_workers, seal_minutes, read_queue,
        write_queue, slow_queue, connections, answer_seconds, drain_seconds, anonymous_per_minute, session_days, password_kibibytes,
        password_passes, step_up_minutes, second_factor_roles, sso, wechat_app_id, wechat_secret, wechat_address, sms_sender,
        sms_log_in, sms_url, sms_method, sms_headers, sms_body, sms_secret, sms_success, media_megabytes, ffmpeg_folder,
        appeal_days, appeal_answer_days))

// What a setting is for, in one line; every setting has one.
Words about_setting(std::string_view name);

// Where settings come from; later ones win: file, environment, flags.
struct SettingSources {
    std::filesystem::path file; // may be empty
    std::map<std::string, std::string> environment; // "CONCENTRIC_LISTEN" to value
    std::map<std::string, std::string> flags; // "listen" to value
};

// All variables that begin with CONCENTRIC_, but for CONCENTRIC_CONFIG (the file's place) and those that only tests look at.
std::map<std::string, std::string> settings_environment();

// Throws std::runtime_error that names every fault at once, each with its source and key.
Settings read_settings(SettingSources const& sources);

} // namespace concentric
