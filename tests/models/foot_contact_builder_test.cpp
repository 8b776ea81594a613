// What shoe, foot and surface make of the contact laws.
#include "models/foot_contact_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/errors.h"

namespace lumbarun {
namespace {

class SoleOfShoe : public testing::Test {
 protected:
  SoleOfShoe()
      : tables_(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner")),
        model_(build_skeleton(tables_, {}, 0.2)) {}

  FootContact build(const ShoeParameters& shoe, const SurfaceParameters& surface = {}) const {
    return build_foot_contact(model_, tables_, {}, shoe, surface, {});
  }

  // Force of one right element [N] at a deflection [m] of its chain: x = ε ln(1 + exp(-gap/ε)) solved for the gap.
  static double calc_force(const FootContact& contact, const std::string& name, double deflection) {
    const double smoothing = contact.laws.front().parameters().smoothing;
    const double depth = smoothing * std::log(std::expm1(deflection / smoothing));
    for (const ContactElement& element : contact.elements) {
      if (element.name == name) return evaluate(contact.get_law(element).elastic_force(), -depth);
    }
    ADD_FAILURE() << name;
    return 0.0;
  }

  SkeletonTables tables_;
  Model model_;
};

// Both heel elements together, against the chain's closed form at 1500 N: 1/k = Σ 1/k_i.
TEST_F(SoleOfShoe, HeelCarriesTheBenchForceAtTheSecantDeflection) {
  ShoeParameters shoe;
  shoe.midsole_stiffness_n_m = 211e3;
  const FootContact contact = build(shoe);
  const double deflection = 1500.0 * (1.0 / 900e3 + 1.0 / 211e3 + 1.0 / 22.5e6);
  const double heel =
      calc_force(contact, "heel_medial_r", deflection) + calc_force(contact, "heel_lateral_r", deflection);
  EXPECT_NEAR(heel, 1500.0, 0.5);
}

TEST_F(SoleOfShoe, ThinnerForefootIsStifferForItsArea) {
  ShoeParameters flat, dropped;
  flat.drop_m = 0.0;
  dropped.drop_m = 0.015;
  EXPECT_GT(calc_force(build(dropped), "metatarsal_medial_r", 0.006),
            1.1 * calc_force(build(flat), "metatarsal_medial_r", 0.006));
  EXPECT_DOUBLE_EQ(calc_force(build(dropped), "heel_medial_r", 0.006),
                   calc_force(build(flat), "heel_medial_r", 0.006));
}

// Of two soles as stiff at 1.5 kN the thin one is flat first: softer below the bench force, harder above.
TEST_F(SoleOfShoe, ThinSolesBottomOut) {
  ShoeParameters thick, thin;
  thick.midsole_stiffness_n_m = thin.midsole_stiffness_n_m = 300e3;  // 5 mm at 1.5 kN
  thin.heel_stack_m = 0.0085, thin.drop_m = 0.0;                     // flat at 5.5 mm
  const double at_bench = 1500.0 * (1.0 / 900e3 + 1.0 / 300e3 + 1.0 / 22.5e6);
  EXPECT_LT(calc_force(build(thin), "heel_medial_r", 0.6 * at_bench),
            calc_force(build(thick), "heel_medial_r", 0.6 * at_bench));
  EXPECT_GT(calc_force(build(thin), "heel_medial_r", 1.5 * at_bench),
            1.5 * calc_force(build(thick), "heel_medial_r", 1.5 * at_bench));
}

TEST_F(SoleOfShoe, BarefootStandsOnPadAndGround) {
  ShoeParameters none;
  none.heel_stack_m = none.drop_m = 0.0;
  const double deflection = 1500.0 * (1.0 / 900e3 + 1.0 / 22.5e6);
  EXPECT_NEAR(calc_force(build(none), "heel_medial_r", deflection), 750.0, 0.5);
}

// 25 % of the deflection is lost in the end, 86 % of that within 200 km.
TEST_F(SoleOfShoe, MileageStiffensTowardsAPlateau) {
  ShoeParameters shoe;
  EXPECT_EQ(calc_worn_stiffness(shoe), shoe.midsole_stiffness_n_m);
  shoe.mileage_km = 200.0;
  EXPECT_NEAR(calc_worn_stiffness(shoe), shoe.midsole_stiffness_n_m / (1.0 - 0.25 * 0.8646647), 10.0);
  shoe.mileage_km = 3000.0;
  EXPECT_NEAR(calc_worn_stiffness(shoe), shoe.midsole_stiffness_n_m / 0.75, 10.0);
  EXPECT_GT(calc_force(build(shoe), "heel_medial_r", 0.006), calc_force(build({}), "heel_medial_r", 0.006));
}

TEST_F(SoleOfShoe, FrictionIsTheLowerOfOutsoleAndGround) {
  ShoeParameters shoe;
  shoe.friction = 0.55;
  EXPECT_EQ(build(shoe, {.friction = 0.7}).friction, 0.55);
  EXPECT_EQ(build(shoe, {.friction = 0.3}).friction, 0.3);
}

TEST_F(SoleOfShoe, RefusesImpossibleSoles) {
  ShoeParameters steep, mushy;
  steep.drop_m = 0.031;
  mushy.midsole_stiffness_n_m = 70e3;
  const auto message = [&](const ShoeParameters& shoe) -> std::string {
    try {
      build(shoe);
    } catch (const BadInput& e) {
      return e.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message(steep), testing::AllOf(testing::HasSubstr("a drop of 31 mm"),
                                             testing::HasSubstr("nearest: shoe.drop_mm = 30")));
  EXPECT_THAT(message(mushy), testing::AllOf(testing::HasSubstr("a sole of 30 mm and 70 kN/m"),
                                             testing::HasSubstr("shoe.midsole_stiffness_kn_m above 76.92")));
}

}  // namespace
}  // namespace lumbarun
