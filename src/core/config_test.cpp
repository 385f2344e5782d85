#include "core/config.hpp"
#include "core/metrics.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace concentric {
namespace {

using ::testing::HasSubstr;

struct ConfigTest : testing::Test {
    std::filesystem::path write(std::string const& text)
    {
        std::ofstream(folder.path / "concentric.toml") << text;
        return folder.path / "concentric.toml";
    }

    std::string faults_of(SettingSources const& sources)
    {
        try {
            read_settings(sources);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "";
    }

    FreshFolder folder;
};

TEST_F(ConfigTest, what_nobody_sets_has_a_default)
{
    auto const settings = read_settings({});

    EXPECT_EQ(settings.listen, "127.0.0.1:8080");
    EXPECT_EQ(settings.database_or_default(), "sqlite:var/concentric.db");
}

TEST_F(ConfigTest, a_flag_counts_more_than_the_environment_and_that_more_than_the_file)
{
    auto const file = write("listen = ':1'\ndata = 'a'\ncounty = 110101\n[log]\nlevel = 'error'\n");

    auto const settings = read_settings({file, {{"CONCENTRIC_LISTEN", ":2"}, {"CONCENTRIC_DATA", "b"}}, {{"listen", ":3"}}});

    EXPECT_EQ(settings.listen, ":3");
    EXPECT_EQ(settings.data, "b");
    EXPECT_EQ(settings.county, 110101);
    EXPECT_EQ(settings.log_level, LogLevel::error);
}

TEST_F(ConfigTest, a_list_is_an_array_in_the_file_and_a_text_elsewhere)
{
    std::vector<std::string> const both{"10.0.0.1", "10.0.0.2"};

    EXPECT_EQ(read_settings({write("trusted_proxies = ['10.0.0.1', '10.0.0.2']"), {}, {}}).trusted_proxies, both);
    EXPECT_EQ(read_settings({{}, {{"CONCENTRIC_TRUSTED_PROXIES", "10.0.0.1,10.0.0.2"}}, {}}).trusted_proxies, both);
}

TEST_F(ConfigTest, every_fault_is_named_at_once_with_its_source)
{
    auto const file = write("listen = ':1'\nread_workers = 0\nreed_workers = 1\n");

    auto const faults = faults_of({file, {{"CONCENTRIC_LOG_LEVEL", "loud"}}, {{"public_url", "edu.example.cn"}}});

    EXPECT_THAT(faults, HasSubstr("concentric.toml:2: read_workers: "));
    EXPECT_THAT(faults, HasSubstr("concentric.toml:3: reed_workers: "));
    EXPECT_THAT(faults, HasSubstr("CONCENTRIC_LOG_LEVEL: log_level: "));
    EXPECT_THAT(faults, HasSubstr("command line: public_url: "));
}

TEST_F(ConfigTest, single_sign_on_is_a_list_of_tables_whose_faults_are_named)
{
    auto const table = [](std::string const& issuer) {
        return "[[sso]]\nid = 'bureau'\nname_zh = '教育局'\nname_en = 'Bureau'\nissuer = '" + issuer
            + "'\nclient_id = 'c'\nclient_secret = 's'\nclaim = 'preferred_username'\nmatch = 'phone'\nroles = ['teacher']\n";
    };

    auto const settings = read_settings({write(table("https://sso.example.gov.cn")), {}, {}});

    ASSERT_EQ(settings.sso.size(), 1U);
    EXPECT_EQ(settings.sso[0].issuer, "https://sso.example.gov.cn");
    EXPECT_EQ(settings.sso[0].match, SsoMatch::phone);
    EXPECT_EQ(settings.sso[0].roles, std::vector<std::string>{"teacher"});
    EXPECT_THAT(faults_of({write(table("http://sso.example.gov.cn")), {}, {}}), HasSubstr("sso: "));
    EXPECT_THAT(faults_of({{}, {{"CONCENTRIC_SSO", "[{\"id\":"}}, {}}), HasSubstr("CONCENTRIC_SSO: sso: "));
}

TEST_F(ConfigTest, a_file_that_is_not_toml_says_where)
{
    EXPECT_THAT(faults_of({write("listen = ':1'\nlisten ="), {}, {}}), HasSubstr("concentric.toml:2: "));
}

TEST(Settings, are_all_explained)
{
    auto const& type = reflect::type_of<Settings>;
    for (std::size_t i = 0; i < type.count; ++i)
        EXPECT_FALSE(about_setting(type.fields[i].name).zh.empty()) << type.fields[i].name;
}

TEST(Metrics, are_written_as_prometheus_reads_them)
{
    Histogram took;
    took.add(std::chrono::milliseconds(3));
    took.add(std::chrono::seconds(30));
    Exposition out;

    out.family("requests", MetricKind::histogram, "Time.");
    out.sample("route=\"a\"", took);

    auto const text = out.take();
    EXPECT_THAT(text, HasSubstr("# TYPE requests histogram\n"));
    EXPECT_THAT(text, HasSubstr("requests_bucket{route=\"a\",le=\"0.0025\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("requests_bucket{route=\"a\",le=\"0.005\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("requests_bucket{route=\"a\",le=\"+Inf\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("requests_count{route=\"a\"} 2\n"));
}

} // namespace
} // namespace concentric
