#include "sim/forward/ground_events.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/forward/stride_sampling.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

// A force curve read in steps of 7 ms.
std::vector<double> find_contacts(const std::function<double(double)>& force, double end, double dead_time) {
  ContactDetector detector(50.0, dead_time);
  std::vector<double> contacts;
  constexpr double kStep = 0.007;
  for (double t = 0.0; t < end; t += kStep) {
    if (const auto contact = detector.find_contact(t, t + kStep, force(t + kStep), force))
      contacts.push_back(*contact);
  }
  return contacts;
}

TEST(ContactDetector, LocatesEachRiseThroughTheThreshold) {
  const double period = 0.7;
  const auto force = [&](double t) { return 800.0 * std::sin(2.0 * M_PI * (t - 0.11) / period); };
  const double rise = 0.11 + period / (2.0 * M_PI) * std::asin(50.0 / 800.0);
  const std::vector<double> contacts = find_contacts(force, 2.0, 0.3);
  ASSERT_EQ(contacts.size(), 3u);
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(contacts[k], rise + k * period, 2e-9);
}

TEST(ContactDetector, IgnoresABounceOfTheSameLanding) {
  const auto force = [](double t) { return 400.0 * std::sin(2.0 * M_PI * t / 0.1 - 0.5); };
  EXPECT_EQ(find_contacts(force, 0.45, 0.0).size(), 5u);
  EXPECT_EQ(find_contacts(force, 0.45, 0.25).size(), 2u);
}

TEST(ContactDetector, DoesNotTakeAStandingStartForALanding) {
  EXPECT_TRUE(find_contacts([](double) { return 600.0; }, 0.2, 0.0).empty());
}

// Force at the centre and free moment about the normal are the whole wrench, on an inclined, offset plane.
TEST(PressureCenter, CarriesTheWholeWrench) {
  oracles::Random random(3);
  FootContact contact;
  contact.plane.normal = {std::sin(-0.1), std::cos(-0.1), 0.0};
  contact.plane.offset = 0.3;
  std::vector<ElementState<double>> elements(6);
  Vector3<double> force, moment;
  for (size_t e = 0; e < elements.size(); ++e) {
    ContactElement element;
    element.foot = e < 4 ? 1 : 0;
    contact.elements.push_back(element);
    elements[e].position = random.vector(0.3);
    elements[e].force = random.vector(40.0) + contact.plane.normal * 200.0;
    if (element.foot != 1) continue;
    force += elements[e].force;
    moment += cross(elements[e].position, elements[e].force);
  }
  const auto center = calc_pressure_center(contact, elements, 1, 20.0);
  ASSERT_TRUE(center.has_value());
  EXPECT_NEAR(dot(contact.plane.normal, center->position), contact.plane.offset, 1e-14);
  const Vector3<double> rest =
      moment - cross(center->position, force) - contact.plane.normal * center->free_moment;
  EXPECT_LT(to_eigen(rest).norm(), 1e-12 * to_eigen(moment).norm());
  EXPECT_FALSE(calc_pressure_center(contact, elements, 1, 5000.0).has_value());
}

}  // namespace
}  // namespace lumbarun
